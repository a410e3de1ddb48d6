package dev.deltadepth.io.map;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.AwtImages;
import dev.deltadepth.io.ImageEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes depth maps in the formats of {@link DepthFormat}. Where a format has room for it, the file
 * says what it holds ({@link MapDescription}).
 *
 * <p>Disparity is written in all formats of maps, metres in those without colours; PNG16 then holds
 * steps as {@link MetricPng}. All methods throw an {@link IllegalArgumentException} if the map is
 * of another kind, the format shows the photo and there is none, or photo and map differ in size.
 */
public final class DepthWriter {

  private final MapStyle style;
  private final Optional<MapDescription.Origin> origin;

  private final int steps;

  private DepthWriter(MapStyle style, Optional<MapDescription.Origin> origin, int steps) {
    this.style = style;
    this.origin = origin;
    this.steps = steps;
  }

  /** A writer of maps in a style. */
  public static DepthWriter of(MapStyle style) {
    return new DepthWriter(style, Optional.empty(), MetricPng.MILLIMETRES);
  }

  /** A writer of maps in colours, near bright. */
  public static DepthWriter of(Colormap colours) {
    return of(MapStyle.of(colours));
  }

  /** The same for maps of which the files shall say where they come from. */
  public DepthWriter from(MapDescription.Origin where) {
    return new DepthWriter(style, Optional.of(where), steps);
  }

  /** The same with other steps a metre in {@link DepthFormat#PNG16} of maps in metres. */
  public DepthWriter withSteps(int other) {
    return new DepthWriter(style, origin, other);
  }

  /**
   * Writes a map by itself; the file appears complete or not at all.
   *
   * @param map disparity, or metres
   * @param format one that does not show the photo
   * @throws dev.deltadepth.io.FileException if the file cannot be written
   */
  public void write(DepthMap map, DepthFormat format, Path file) {
    write(map, Optional.empty(), format, file);
  }

  /**
   * Writes a map; the file appears complete or not at all.
   *
   * @param map disparity, or metres
   * @param photo the picture it belongs to, of the same size; only {@link DepthFormat#SIDE} shows
   *     it
   * @throws dev.deltadepth.io.FileException if the file cannot be written
   */
  public void write(DepthMap map, RgbImage photo, DepthFormat format, Path file) {
    write(map, Optional.of(photo), format, file);
  }

  private void write(DepthMap map, Optional<RgbImage> photo, DepthFormat format, Path file) {
    check(map, photo, format);
    AtomicFile.write(file, out -> write(map, photo, format, out));
  }

  /**
   * Writes a map by itself to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   */
  public void write(DepthMap map, DepthFormat format, OutputStream out) throws IOException {
    write(map, Optional.empty(), format, out);
  }

  /**
   * Writes a map to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   */
  public void write(DepthMap map, RgbImage photo, DepthFormat format, OutputStream out)
      throws IOException {
    write(map, Optional.of(photo), format, out);
  }

  /** Writes the description as a JSON file beside a map's file: its name and {@code .json}. */
  public void writeSidecar(DepthMap map, DepthFormat format, Path file) {
    byte[] json = (description(map, format).json() + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(sidecar(file), out -> out.write(json));
  }

  /** The file beside a map's file that describes it. */
  public static Path sidecar(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }

  /** What a map's file in a format holds. */
  public MapDescription description(DepthMap map, DepthFormat format) {
    if (!format.isPicture()) {
      return MapDescription.of(map.kind(), origin);
    }
    if (map.kind() != Kind.DISPARITY) {
      Normalization range = new Normalization(0, MetricPng.farthest(steps));
      return new MapDescription(map.kind(), false, Optional.of(range), Optional.empty(), origin);
    }
    return new MapDescription(
        map.kind(),
        !style.nearIsDark(),
        Optional.of(style.range().apply(map)),
        format == DepthFormat.PNG16 ? Optional.empty() : Optional.of(style.colours().name()),
        origin);
  }

  private static void check(DepthMap map, Optional<RgbImage> photo, DepthFormat format) {
    if (format.isScene()) {
      throw new IllegalArgumentException(
          "the format '" + format.label() + "' is of scenes: it needs depth and a camera");
    }
    if (map.kind() != Kind.METRES || format == DepthFormat.PNG || format == DepthFormat.SIDE) {
      map.require(Kind.DISPARITY);
    }
    if (format.showsPhoto() && photo.isEmpty()) {
      throw new IllegalArgumentException(
          "the format '" + format.label() + "' shows the photo beside the map: pass the photo");
    }
  }

  private void write(DepthMap map, Optional<RgbImage> photo, DepthFormat format, OutputStream out)
      throws IOException {
    check(map, photo, format);
    MapDescription description = description(map, format);
    switch (format) {
      case PNG -> png(coloured(map, description), description, out);
      case PNG16 -> sixteenBits(map, description).writeTo(texts(description), out);
      case SIDE ->
          png(sideBySide(photo.orElseThrow(), coloured(map, description)), description, out);
      case PFM -> PfmFile.write(map, out);
      case NPY -> NpyFile.write(FloatArray.of(map), out);
      case NPZ -> NpzFile.write(map, description, out);
      case EXR -> ExrFile.write(map, description, out);
      case PLY, GLB, OBJ, NORMALS, NORMALS_NPY, ANAGLYPH, SBS -> throw new IllegalStateException();
    }
  }

  private static void png(RgbImage image, MapDescription description, OutputStream out)
      throws IOException {
    ImageEncoder.png(AwtImages.buffered(image), texts(description), out);
  }

  /** By the keywords of the PNG specification, section 11.3.4.2, and our own. */
  private static Map<String, String> texts(MapDescription description) {
    Map<String, String> texts = new LinkedHashMap<>();
    description.origin().ifPresent(from -> texts.put("Software", from.software()));
    texts.put("Description", description.sentence());
    texts.put(MapDescription.KEY, description.json());
    return texts;
  }

  private RgbImage coloured(DepthMap map, MapDescription description) {
    Colormap colours = style.nearIsDark() ? style.colours().reversed() : style.colours();
    return colours.apply(map, description.range().orElseThrow());
  }

  private GreyImage sixteenBits(DepthMap map, MapDescription description) {
    if (map.kind() == Kind.METRES) {
      return MetricPng.of(map, steps);
    }
    Normalization range = description.range().orElseThrow();
    char[] grey = range.sixteenBits(map);
    if (style.nearIsDark()) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] = (char) (Float.isNaN(map.data()[i]) ? 0 : 65535 - grey[i]);
      }
    }
    return new GreyImage(map.width(), map.height(), 16, grey);
  }

  private static RgbImage sideBySide(RgbImage left, RgbImage right) {
    if (left.width() != right.width() || left.height() != right.height()) {
      throw new IllegalArgumentException(
          "the photo has "
              + left.width()
              + "x"
              + left.height()
              + " pixels, but its map has "
              + right.width()
              + "x"
              + right.height());
    }
    int row = left.width() * 3;
    byte[] both = new byte[Math.multiplyExact(left.data().length, 2)];
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.data(), y * row, both, 2 * y * row, row);
      System.arraycopy(right.data(), y * row, both, (2 * y + 1) * row, row);
    }
    return new RgbImage(left.width() * 2, left.height(), both);
  }
}

package dev.deltadepth.video;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.IccColours;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Orientation;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.PictureReader.StoredDepth;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The picture in a HEIF file. Its coded parts are decoded by FFmpeg as a bare stream; putting
 * together tiles, cutting, turning, colours and opacity are done here, as ISO/IEC 23008-12 says.
 */
final class HeifPicture {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Items made from items made from items. */
  private static final int DEEPEST = 3;

  /** Tiles of a grid: 256 by 256 at most. */
  private static final int MOST_TILES = 1 << 16;

  /** Pictures that lie over one another. */
  private static final int MOST_LAYERS = 64;

  /** Tiles may be larger than the picture, which is cut from them; these pixels always fit. */
  private static final long SMALL = 1 << 24;

  /** The bytes 0 0 0 1 begin a unit of an HEVC stream. */
  private static final byte[] START_CODE = {0, 0, 0, 1};

  /** A temporal delimiter begins every picture of an AV1 stream. */
  private static final byte[] DELIMITER = {0x12, 0};

  /** A profile of one of two sorts, by their four letters. */
  private static final int PROF = 0x70726f66;

  private static final int RICC = 0x72494343;

  private final HeifFile file;
  private final String name;
  private int divisor = 1;
  private long mostPixels = ImageFiles.DEFAULT_MAX_PIXELS;
  private boolean auxiliary;
  private Optional<String> hdr = Optional.empty();

  private HeifPicture(HeifFile file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Decodes the picture of a file.
   *
   * @param name what to call it in messages
   * @throws FileException if it is cut off, damaged, too large or uses something unsupported
   */
  static Picture read(byte[] content, String name, PictureLimits limits) {
    return guarded(name, () -> new HeifPicture(HeifFile.of(content), name).whole(limits));
  }

  private static <T> T guarded(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException
        | ArithmeticException
        | BufferUnderflowException
        | IndexOutOfBoundsException e) {
      throw new FileException(
          name + " is cut off or damaged (" + e.getMessage() + "); copy or export it again", e);
    } catch (FfmpegException e) {
      throw new FileException(
          name + " cannot be decoded (" + e.getMessage() + "); copy or export it again", e);
    }
  }

  /**
   * Decodes the depth that a file holds beside its picture.
   *
   * @throws FileException like {@link #read}
   */
  static Optional<StoredDepth> depth(byte[] content, String name) {
    return guarded(
        name,
        () -> {
          HeifFile file = HeifFile.of(content);
          return file.depth(file.primary())
              .map(
                  item ->
                      new StoredDepth(
                          new HeifPicture(file, name).decodeAuxiliary(item),
                          file.description(item)
                              .map(xmp -> StandardCharsets.UTF_8.decode(xmp).toString())
                              .orElseThrow(() -> missing("cdsc"))));
        });
  }

  private Picture whole(PictureLimits limits) {
    int item = file.primary();
    ByteBuffer size = file.property(item, "ispe").orElseThrow(() -> missing("ispe"));
    size.getInt();
    int width = size.getInt();
    int height = size.getInt();
    divisor = limits.divisor(width, height, name);
    mostPixels = Math.max(SMALL, (long) width * height);
    RgbImage image = decode(item, 0);
    List<String> notes = new ArrayList<>();
    hdr.ifPresent(kind -> notes.add(Tones.note(name, kind, true)));
    Optional<Integer> opacity = file.opacity(item);
    if (opacity.isPresent()) {
      image = overWhite(image, decodeAuxiliary(opacity.get()));
    }
    if (divisor > 1) {
      notes.add(PictureLimits.note(name, width, height, divisor));
    }
    return new Picture(image, notes);
  }

  private static IllegalArgumentException missing(String property) {
    return new IllegalArgumentException("it lacks '" + property + "'");
  }

  /** Values that are no colours. */
  private RgbImage decodeAuxiliary(int item) {
    auxiliary = true;
    return decode(item, 0);
  }

  private RgbImage decode(int item, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("its items refer to one another");
    }
    String type = file.type(item);
    RgbImage coded =
        switch (type) {
          case "hvc1", "av01" -> Tiles.one(stream(List.of(item), type), divisor);
          case "grid" -> grid(item);
          case "iovl" -> overlay(item, depth + 1);
          case "iden" -> decode(firstPart(item), depth + 1);
          case "jpeg" -> reduced(ImageFiles.read(bytes(file.data(item)), name));
          default ->
              throw new FileException(
                  name + " is made of '" + type + "', which is not read: export it as JPEG");
        };
    return transformed(coloured(coded, item), item);
  }

  private RgbImage reduced(RgbImage image) {
    Canvas canvas = new Canvas(image.width(), image.height(), divisor);
    canvas.add(image, 0, 0);
    return canvas.image();
  }

  private int firstPart(int item) {
    return file.parts(item).stream().findFirst().orElseThrow(() -> missing("dimg"));
  }

  private RgbImage grid(int item) {
    ByteBuffer data = file.data(item);
    data.get();
    boolean wide = (data.get() & 1) == 1;
    int rows = (data.get() & 0xff) + 1;
    int columns = (data.get() & 0xff) + 1;
    int width = wide ? data.getInt() : data.getShort() & 0xffff;
    int height = wide ? data.getInt() : data.getShort() & 0xffff;
    List<Integer> tiles = file.parts(item);
    if (tiles.size() != rows * columns || tiles.size() > MOST_TILES || width < 1 || height < 1) {
      throw new IllegalArgumentException("its grid lacks tiles");
    }
    requireRoom(width, height);
    Canvas canvas = new Canvas(width, height, divisor);
    Tiles.place(stream(tiles, file.type(tiles.get(0))), columns, canvas);
    return canvas.image();
  }

  /** Pictures on a canvas, one over the other. */
  private RgbImage overlay(int item, int depth) {
    ByteBuffer data = file.data(item);
    data.get();
    boolean wide = (data.get() & 1) == 1;
    int[] fill = new int[4];
    for (int i = 0; i < fill.length; i++) {
      fill[i] = data.getShort() >> 8 & 0xff;
    }
    int width = wide ? data.getInt() : data.getShort() & 0xffff;
    int height = wide ? data.getInt() : data.getShort() & 0xffff;
    List<Integer> parts = file.parts(item);
    if (width < 1 || height < 1 || parts.size() > MOST_LAYERS) {
      throw new IllegalArgumentException("its overlay has no size or too many parts");
    }
    requireRoom(width, height);
    Overlay overlay = new Overlay(width, height, divisor, fill);
    for (int part : parts) {
      int left = wide ? data.getInt() : data.getShort();
      int top = wide ? data.getInt() : data.getShort();
      RgbImage layer = decode(part, depth);
      Optional<RgbImage> opacity = file.opacity(part).map(this::decodeAuxiliary);
      auxiliary = false;
      overlay.add(layer, opacity, left, top);
    }
    return overlay.image();
  }

  private void requireRoom(int width, int height) {
    if ((long) width * height > mostPixels) {
      throw new IllegalArgumentException(
          "its parts make " + width + " x " + height + " pixels, more than it says");
    }
  }

  /** Coded pictures, one after another, as FFmpeg's input. */
  private Tiles.Stream stream(List<Integer> items, String type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int item : items) {
      if (!file.type(item).equals(type)) {
        throw new IllegalArgumentException("its tiles are of different kinds");
      }
      if (type.equals("hvc1")) {
        hevc(item, out);
      } else if (type.equals("av01")) {
        out.writeBytes(DELIMITER);
        out.writeBytes(bytes(file.data(item)));
      } else {
        throw new FileException(
            name + " is made of '" + type + "', which is not read: export it as JPEG");
      }
    }
    return new Tiles.Stream(
        type.equals("hvc1"),
        out.toByteArray(),
        items.size(),
        filters(items.get(0)),
        mostPixels,
        LIMIT);
  }

  /** Its parameter sets, then its units; both with lengths in the file, start codes in a stream. */
  private void hevc(int item, ByteArrayOutputStream out) {
    ByteBuffer configuration = file.property(item, "hvcC").orElseThrow(() -> missing("hvcC"));
    int lengthSize = (configuration.get(21) & 3) + 1;
    configuration.position(22);
    int arrays = configuration.get() & 0xff;
    for (int a = 0; a < arrays; a++) {
      configuration.get();
      int units = configuration.getShort() & 0xffff;
      for (int u = 0; u < units; u++) {
        unit(configuration, configuration.getShort() & 0xffff, out);
      }
    }
    ByteBuffer data = file.data(item);
    while (data.remaining() >= lengthSize) {
      int length = 0;
      for (int b = 0; b < lengthSize; b++) {
        length = (length << 8) | (data.get() & 0xff);
      }
      unit(data, length, out);
    }
  }

  private static void unit(ByteBuffer from, int length, ByteArrayOutputStream out) {
    if (length < 0 || length > from.remaining()) {
      throw new IllegalArgumentException("a unit is cut off");
    }
    byte[] unit = new byte[length];
    from.get(unit);
    out.writeBytes(START_CODE);
    out.writeBytes(unit);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** From the coded colours to RGB, as the file says; as the stream does if the file is silent. */
  private String filters(int item) {
    Optional<HeifColours> colours =
        HeifColours.of(file.properties(file.primary()))
            .or(() -> HeifColours.of(file.properties(item)));
    if (colours.isEmpty()) {
      return HeifColours.usual();
    }
    hdr = auxiliary ? Optional.empty() : colours.get().hdr();
    return hdr.isPresent() ? colours.get().mapped() : colours.get().plain();
  }

  private RgbImage coloured(RgbImage image, int item) {
    for (HeifFile.Property property :
        hdr.isPresent() ? List.<HeifFile.Property>of() : file.properties(item)) {
      ByteBuffer box = property.body().slice();
      if (property.type().equals("colr") && box.remaining() > 4) {
        int kind = box.getInt();
        if (kind == PROF || kind == RICC) {
          return IccColours.profile(bytes(box))
              .map(profile -> IccColours.toSrgb(image, profile))
              .orElse(image);
        }
      }
    }
    return image;
  }

  /** Cut, turned and mirrored, in the order in which the file says so. */
  private RgbImage transformed(RgbImage coded, int item) {
    RgbImage image = coded;
    for (HeifFile.Property property : file.properties(item)) {
      ByteBuffer box = property.body().slice();
      image =
          switch (property.type()) {
            case "clap" -> cut(image, box);
            // Anticlockwise, in quarters.
            case "irot" -> new Orientation(new int[] {1, 8, 3, 6}[box.get() & 3]).upright(image);
            case "imir" -> new Orientation((box.get() & 1) == 0 ? 2 : 4).upright(image);
            default -> image;
          };
    }
    return image;
  }

  /** Width, height and the centre's offset from the middle, each as a fraction. */
  private RgbImage cut(RgbImage image, ByteBuffer box) {
    double width = fraction(box) / divisor;
    double height = fraction(box) / divisor;
    double left = (image.width() - width) / 2 + fraction(box) / divisor;
    double top = (image.height() - height) / 2 + fraction(box) / divisor;
    int w = (int) Math.round(width);
    int h = (int) Math.round(height);
    int x = (int) Math.round(left);
    int y = (int) Math.round(top);
    if (w < 1 || h < 1 || x < 0 || y < 0 || x + w > image.width() || y + h > image.height()) {
      throw new IllegalArgumentException("it is cut outside of its edges");
    }
    byte[] out = new byte[w * h * 3];
    for (int row = 0; row < h; row++) {
      System.arraycopy(image.data(), ((y + row) * image.width() + x) * 3, out, row * w * 3, w * 3);
    }
    return new RgbImage(w, h, out);
  }

  private static double fraction(ByteBuffer box) {
    double numerator = box.getInt();
    return numerator / Math.max(1, box.getInt());
  }

  private static RgbImage overWhite(RgbImage image, RgbImage opacity) {
    if (image.width() != opacity.width() || image.height() != opacity.height()) {
      return image;
    }
    byte[] out = new byte[image.data().length];
    for (int i = 0; i < out.length; i++) {
      int share = opacity.data()[i] & 0xff;
      out[i] = (byte) (((image.data()[i] & 0xff) * share + 255 * (255 - share) + 127) / 255);
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}

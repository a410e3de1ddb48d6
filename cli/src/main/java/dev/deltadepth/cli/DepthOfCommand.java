package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.Choice;
import dev.deltadepth.cli.option.OverwriteOption;
import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.space.PhoneDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delta depth-of}: the depth that a phone stored. */
@Command(
    name = "depth-of",
    header = "Write the depth that a phone stored in its photo.",
    description =
        """
        Some phones store depth in their portrait photos. This command writes it as a map, in metres \
        where the phone says so. It reads Google's GDepth and Android's Dynamic Depth in JPEG, \
        and Apple's depth in HEIC and JPEG. Nothing is estimated.\
        """,
    parameterListHeading = "%nPhoto:%n",
    exitCodeList = {"0:success", "1:the photo holds no depth, or a damaged one", "2:wrong usage"},
    footerHeading = "%nExample:%n",
    footer = "  delta depth-of portrait.jpg -f png16")
final class DepthOfCommand extends BaseCommand {
  @Parameters(paramLabel = "PHOTO", description = "A photo in JPEG or HEIC, as the phone wrote it.")
  private Path photo = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The map's file (default: beside the photo).")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "png",
      converter = Formats.class,
      completionCandidates = Formats.class,
      description =
          """
          png for colours, png16 for millimetres, or floats: pfm, npy, npz, exr (default: \
          ${DEFAULT-VALUE}).\
          """)
  private DepthFormat format = DepthFormat.PNG;

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();

  /** Formats of maps without their photo. */
  static final class Formats extends Choice<DepthFormat> {
    Formats() {
      super(
          "format",
          Arrays.stream(DepthFormat.values())
              .filter(format -> !format.isScene() && !format.showsPhoto())
              .toList(),
          DepthFormat::label);
    }
  }

  @Override
  public Integer call() {
    Path file =
        output.orElse(photo.resolveSibling(format.fileName(String.valueOf(photo.getFileName()))));
    requireAnother(file);
    overwrite.requireFree(file);
    DepthMap stored = PhoneDepth.read(photo);
    DepthMap written = format == DepthFormat.PNG ? disparity(stored) : stored;
    DepthWriter.of(Colormap.named("inferno")).write(written, format, file);
    print(
        "%s -> %s (%dx%d, %s)",
        photo,
        file,
        stored.width(),
        stored.height(),
        stored.kind() == DepthMap.Kind.METRES ? "metres" : "disparity without unit");
    return 0;
  }

  private void requireAnother(Path file) {
    try {
      if (Files.exists(file) && Files.isSameFile(photo, file)) {
        throw new FileException(photo + " would be replaced by its own depth: choose another -o");
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private static DepthMap disparity(DepthMap map) {
    if (map.kind() == DepthMap.Kind.DISPARITY) {
      return map;
    }
    float[] values = new float[map.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = map.data()[i] > 0 ? 1 / map.data()[i] : Float.NaN;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, map.width(), map.height(), values);
  }
}

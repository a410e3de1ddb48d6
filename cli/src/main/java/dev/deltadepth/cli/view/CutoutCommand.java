package dev.deltadepth.cli.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.CutOut;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.io.view.CutOutFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code delta cutout}: the foreground alone. */
@Command(
    name = "cutout",
    header = "Cut the foreground out of photos by its depth.",
    description =
        """
        Writes STEM.cutout.png for each photo: what is near, on a transparent background. The \
        ground that it stands on is as near and comes along.\
        """,
    footer =
        """
          delta cutout portrait.jpg
          delta cutout portrait.jpg --nearer-than 0.6 -o me.png\
        """)
public final class CutoutCommand extends ViewCommand {
  @Option(
      names = "--nearer-than",
      paramLabel = "NEARNESS",
      converter = Share.class,
      description =
          """
          What is nearer is kept, from 0, the farthest, to 1, the nearest (default: what parts \
          the photo best in near and far).\
          """)
  private Optional<Double> threshold = Optional.empty();

  @Override
  List<String> suffixes() {
    return List.of(".cutout.png");
  }

  @Override
  List<String> endings() {
    return List.of(".png");
  }

  @Override
  void draw(RgbImage photo, DepthMap depth, Map<String, Path> outputs) {
    double from = threshold.orElseGet(() -> CutOut.threshold(Nearness.of(depth)));
    CutOut cut = CutOut.of(photo, depth, from);
    outputs.values().forEach(file -> CutOutFile.write(cut, file));
  }
}

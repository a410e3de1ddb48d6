package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.option.ModelOption;
import dev.deltadepth.estimate.MapCheck;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code delta verify}: whether a map belongs to a photo. */
@Command(
    name = "verify",
    header = "Check that a map belongs to a photo.",
    description =
        """
        Reads what the map's file says about itself, estimates the photo again in the same way, and \
        compares. Maps that delta estimate wrote say where they come from, except PFM and NPY \
        without a sidecar.\
        """,
    parameterListHeading = "%nFiles:%n",
    exitCodeList = {
      "0:they belong together",
      "1:they do not, or a file cannot be read; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer = "  delta verify photo.depth16.png photo.jpg")
final class VerifyCommand extends BaseCommand {
  @Parameters(
      index = "0",
      paramLabel = "MAP",
      description =
          "A map that delta estimate wrote: png, png16, pfm, npy, npz or exr, of disparity.")
  private Path map = Path.of("");

  @Parameters(index = "1", paramLabel = "PHOTO", description = "The photo.")
  private Path photo = Path.of("");

  @Mixin private final ModelOption model = new ModelOption();

  @Override
  public Integer call() {
    MapCheck.Result result = MapCheck.of(map, photo, model.source());
    result.description().ifPresent(says -> print(map + ": " + says.sentence()));
    if (result.problem().isPresent()) {
      warn(result.problem().get());
      return 1;
    }
    print(
        "%s belongs to %s: estimated again, it differs by %.4f of its range at most",
        map, photo, result.difference());
    return 0;
  }
}

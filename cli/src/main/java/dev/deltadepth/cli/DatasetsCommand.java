package dev.deltadepth.cli;

import dev.deltadepth.datasets.DataSetFormat;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Origin;
import dev.deltadepth.metrics.Region;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code delta datasets}: what {@code evaluate} can read. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "List the data sets that can be evaluated on.",
    description = {
      "",
      "Prints of each its name, what has to lie in its folder, where to get it, its licence and"
          + " paper, and which pixels count.",
      "",
      "More on each, and what to compare figures with: docs/datasets.md.",
    },
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "2:wrong usage"},
    sortOptions = false)
final class DatasetsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    DataSets.known().forEach(format -> print(format, out));
    out.flush();
  }

  private static void print(DataSetFormat format, PrintWriter out) {
    Origin origin = format.origin();
    out.println(format.name() + ": " + format.title());
    line(out, "folder", format.layout());
    line(out, "get it", format.source());
    line(out, "licence", origin.licence());
    line(out, "cite", origin.citation());
    line(out, "counts", pixels(format.region()));
    out.println();
  }

  private static void line(PrintWriter out, String name, String text) {
    if (!text.isEmpty()) {
      out.printf(Locale.ROOT, "  %-8s %s%n", name, text);
    }
  }

  private static String pixels(Region region) {
    return String.format(
        Locale.ROOT,
        "%s m to %s m, crop %s",
        metres(region.nearestMetres()),
        metres(region.capMetres()),
        region.crop());
  }

  private static String metres(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1g", value);
  }
}

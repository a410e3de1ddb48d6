package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.datasets.DataSetFormat;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.datasets.Origin;
import dev.deltadepth.metrics.Region;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code delta datasets}: what {@code evaluate} can read. */
@Command(
    name = "datasets",
    header = "List the data sets that delta evaluate reads.",
    description =
        """
        Prints the name of each, which files its folder must hold, where to get it, its licence, \
        its paper and which pixels count.

        Details, and published figures to compare with: docs/datasets.md.\
        """,
    exitCodeList = {"0:printed", "2:wrong usage"})
final class DatasetsCommand extends BaseCommand {
  @Override
  public Integer call() {
    DataSets.known().forEach(format -> print(format, out()));
    out().flush();
    return 0;
  }

  private static void print(DataSetFormat format, PrintWriter out) {
    Origin origin = format.origin();
    out.println(format.name() + ": " + format.title());
    line(out, "folder", format.layout());
    line(out, "get it", format.source());
    line(out, "licence", origin.licence());
    line(out, "cite", origin.citation());
    line(out, "valid", pixels(format.region()));
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

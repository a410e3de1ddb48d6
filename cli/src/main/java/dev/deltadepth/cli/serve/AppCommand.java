package dev.deltadepth.cli.serve;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.server.StaticApp;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code delta app}: the web app as static files. */
@Command(
    name = "app",
    header = "Write the web app as static files.",
    description =
        """
        Any host of files can publish them over HTTPS; the model runs in the browser, and no \
        server is needed. Which headers to send is in docs/app.md; the file _headers has them for \
        hosts such as Netlify and Cloudflare Pages.\
        """,
    exitCodeList = {
      "0:the files were written",
      "1:they could not be written; standard error says why",
      "2:wrong usage"
    },
    footerHeading = "%nExample:%n",
    footer = "  delta app -o site/")
public final class AppCommand extends BaseCommand {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to; files of the same names are replaced.")
  private Path output = Path.of("");

  @Override
  public Integer call() {
    int count = StaticApp.write(AppCommand.class.getClassLoader(), output);
    print("%s: %d files", output, count);
    return 0;
  }
}

package dev.deltadepth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code delta}: holds the commands. */
@Command(
    name = "delta",
    mixinStandardHelpOptions = true,
    versionProvider = DeltaCommand.Version.class,
    header = "Depth from one photograph.",
    description = {
      "",
      "Delta turns photographs into relative depth maps: larger is nearer.",
    },
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:something could not be done; standard error says what and why",
      "2:wrong usage"
    },
    footerHeading = "%n",
    footer = {
      "Arguments can be read from a file: @FILE holds one a line.",
      "Shell completion: source <(delta generate-completion)"
    },
    sortOptions = false,
    subcommands = {
      EstimateCommand.class,
      ServeCommand.class,
      InfoCommand.class,
      EvaluateCommand.class,
      DatasetsCommand.class,
      BenchCommand.class,
      CompareCommand.class,
      PeakMemoryCommand.class,
      DistillCommand.class,
      LabelCommand.class,
      ExportCommand.class,
      QuantizeCommand.class,
      CardCommand.class,
      RenderCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
final class DeltaCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an unexpected error.")
  private boolean debug;

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** The version that the build wrote into a resource. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Properties properties = new Properties();
      try (InputStream in = DeltaCommand.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new String[] {"delta " + properties.getProperty("version", "unknown")};
    }
  }
}

package dev.deltadepth.cli;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.clip.LiveCommand;
import dev.deltadepth.cli.clip.VideoCommand;
import dev.deltadepth.cli.serve.AppCommand;
import dev.deltadepth.cli.view.BokehCommand;
import dev.deltadepth.cli.view.CutoutCommand;
import dev.deltadepth.cli.view.FogCommand;
import dev.deltadepth.cli.view.OrbitCommand;
import dev.deltadepth.cli.view.StereoCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code delta}: holds the commands. */
@Command(
    name = "delta",
    header = "Depth from one photo.",
    description = "Delta turns photos into maps of relative depth: larger values are nearer.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeList = {"0:success", "1:failure; standard error says why", "2:wrong usage"},
    footerHeading = "%n",
    footer =
        """
        Arguments can be read from a file: @FILE holds one on each line.
        Shell completion: source <(delta generate-completion)\
        """,
    subcommands = {
      EstimateCommand.class,
      VideoCommand.class,
      LiveCommand.class,
      StereoCommand.class,
      BokehCommand.class,
      CutoutCommand.class,
      FogCommand.class,
      OrbitCommand.class,
      VerifyCommand.class,
      DepthOfCommand.class,
      ServeCommand.class,
      AppCommand.class,
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
final class DeltaCommand extends BaseCommand {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(err());
    warn("no command given");
    return ExitCode.USAGE;
  }
}

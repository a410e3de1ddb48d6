package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is wrong on a command line is told in one line, and ends with exit code 2. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WrongUsageTest {
  private static final String REQUIRED_BY_EVALUATE = "evaluate --data x ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope | unknown command 'nope'; choose from estimate, video, live,",
        "--nope | unknown option: '--nope'",
        "help nope | unknown subcommand 'nope'",
        "estimate | missing required parameter: 'INPUT'",
        "estimate a.jpg --treads 2 | unknown option: '--treads'",
        "estimate a.jpg -f gif | unknown format 'gif'; choose from png, png16, pfm, npy, npz,",
        "estimate a.jpg -f png,,npy | unknown format ''; choose from png,",
        "estimate a.jpg -f , | --format must not be ','",
        "estimate a.jpg --colormap jet | unknown colour map 'jet'; choose from inferno, viridis,",
        "estimate a.jpg --size 31 | --size must be a whole number between 32 and 2048, not '31'",
        "estimate a.jpg --size 2049 | --size must be a whole number between 32 and 2048, not '2049'",
        "estimate a.jpg --size -64 | --size must be a whole number between 32 and 2048, not '-64'",
        "estimate a.jpg --size 64.5 | --size must be a whole number between 32 and 2048, not '64.5'",
        "estimate a.jpg --size NaN | --size must be a whole number between 32 and 2048, not 'NaN'",
        "estimate a.jpg --size 99999999999 | between 32 and 2048, not '99999999999'",
        "estimate a.jpg --device tpu | unknown device 'tpu'; choose from auto, cpu, cuda, cuda:N, coreml,",
        "fog a.jpg --device cuda:x | unknown device 'cuda:x'; choose from auto, cpu,",
        "serve --device gpu | unknown device 'gpu'; choose from auto, cpu,",
        "estimate a.jpg --near 1 | --near and --far need each other",
        "estimate a.jpg --near 2 --far 1 | --far must be beyond --near",
        "estimate a.jpg --near 0 --far 1 | --near must be a number between 0.001 and 1000000, not '0'",
        "estimate a.jpg --near 1 --far 2 --calibrate p.csv | exclude each other",
        "estimate a.jpg --keep-calibration k.json | --keep-calibration needs --calibrate",
        "estimate a.jpg --fov 180 | --fov must be a number between 1 and 179, not '180'",
        "estimate a.jpg --focal 3ft | --focal must be millimetres on 35 mm film such as 26",
        "estimate a.jpg --focal 26 --fov 60 | --focal, --fov and --camera exclude each other",
        "estimate a.jpg --stride -1 | --stride must be a whole number between 0 and 10000",
        "depth-of a.jpg -f ply | unknown format 'ply'; choose from png, png16,",
        "estimate a.jpg --threads 0 | --threads must be a whole number between 1 and 1024, not '0'",
        "estimate a.jpg --quiet=maybe | --quiet must be true or false or have no value, not 'maybe'",
        "stereo a.jpg --layout cross | unknown layout 'cross'; choose from sbs, half-sbs, tb,",
        "stereo a.jpg --divergence 21 | --divergence must be a number between 0 and 20, not '21'",
        "stereo a.jpg --convergence near | must be a number between 0 and 1, not 'near'",
        "bokeh a.jpg --focus 0.5 | --focus must be X,Y between 0 and 1, such as 0.5,0.4, not '0.5'",
        "bokeh a.jpg --focus 0.5,2 | --focus must be X,Y between 0 and 1",
        "bokeh a.jpg --focus 0.5,0.5 --focus-depth 1 | give either --focus or --focus-depth",
        "bokeh a.jpg --aperture -1 | --aperture must be a number between 0 and 20, not '-1'",
        "cutout a.jpg --nearer-than 1.5 | --nearer-than must be a number between 0 and 1",
        "fog a.jpg --colour red | --colour must be a colour of six digits, RRGGBB,",
        "orbit a.jpg --path away | unknown path 'away'; choose from swing, circle, zoom, arc",
        "orbit a.jpg --fps 0 | --fps must be a whole number between 1 and 50, not '0'",
        "orbit a.jpg --seconds 1e9 | --seconds must be a number between 0.1 and 60, not '1e9'",
        "video | missing required parameter: 'INPUT'",
        "video a.mp4 -f gif | unknown format 'gif'; choose from depth, side, depth16, png16, npy,",
        "video a.mp4 --range all | unknown range 'all'; choose from moving, clip, frame",
        "video a.mp4 --lookahead 65 | --lookahead must be a whole number between 0 and 64, not '65'",
        "video a.mp4 --lookahead 4 --no-steady | --lookahead and --no-steady exclude each other",
        "video a.mp4 --start -1 | --start must be a number between 0 and 604800, not '-1'",
        "video a.mp4 --duration 0 | --duration must be a number between 0.001 and 604800, not '0'",
        "video a.mp4 --fps 0 | --fps must be a number between 0.01 and 1000, not '0'",
        "video a.mp4 --side x | --side must be a whole number between 0 and 16384, not 'x'",
        "video a.mp4 --patience 0 | --patience must be a whole number between 1 and 86400, not '0'",
        "video camera:0 | -o is needed for",
        "live a b | unexpected argument 'b'",
        "live --side -1 | --side must be a whole number between 0 and 16384, not '-1'",
        "live --colormap jet | unknown colour map 'jet'; choose from inferno, viridis,",
        "info a b | unexpected argument 'b'",
        "datasets nope | unexpected argument 'nope'",
        "serve extra | unexpected argument 'extra'",
        "bench --size 64,31 | --size must be a whole number between 32 and 2048, not '31'",
        "bench --size , | --size must not be ','",
        "bench --threads 1,0 | --threads must be a whole number between 1 and 1024, not '0'",
        "bench --runs 0 | --runs must be a whole number between 1 and 100000, not '0'",
        "bench --warm-up -1 | --warm-up must be a whole number between 0 and 100000, not '-1'",
        "evaluate | missing required option: '--data=DIR'",
        REQUIRED_BY_EVALUATE + "--dataset nope | unknown data set 'nope'; choose from pairs, nyu,",
        REQUIRED_BY_EVALUATE + "--protocol nope | unknown protocol 'nope'; choose from marigold,",
        REQUIRED_BY_EVALUATE + "--device nope | unknown device 'nope'; choose from auto, cpu,",
        REQUIRED_BY_EVALUATE + "--teacher-size 5 | between 32 and 2048, not '5'",
        REQUIRED_BY_EVALUATE + "--threads -3 | --threads must be a whole number between 1 and 1024",
        "compare embedded | missing required option: '--on=INPUT'",
        "compare embedded --on x --rows 0 | --rows must be a whole number between 1 and 50, not '0'",
        "compare embedded --on x -o x.jpg | --output must end in .png, not 'x.jpg'",
        "distill | give one of --config FILE, --recipe NAME and --resume DIR",
        "distill --recipe tiny --config x | give one of --config FILE, --recipe NAME and --resume DIR",
        "distill --recipe tiny --resume x | give one of --config FILE, --recipe NAME and --resume",
        "distill --resume x -o y | --resume follows the run's own recipe: leave out -o, --photos",
        "distill --recipe nope | unknown recipe 'nope'; choose from bytes, default, measured,",
        "distill --recipe mine.yaml | xxs, or give a file with --config",
        "distill --recipe tiny --threads 5000 | between 1 and 1024, not '5000'",
        "label x --teacher t.onnx | missing required option: '--output=DIR'",
        "label x --teacher t -o l --format tiff | unknown format 'tiff'; choose from png16, npy16",
        "export -o x.onnx | give either SOURCE or --random ENCODER",
        "export a.pth --random vits -o x.onnx | give either SOURCE or --random ENCODER",
        "export --random vitg -o x.onnx | unknown encoder 'vitg'; choose from vits, vitb, vitl",
        "export a.pth -o x.onnx --native-size 5 | between 14 and 2048, not '5'",
        "quantize embedded --photos x -o y --to int4 | unknown form 'int4'; choose from int8, fp16",
        "quantize embedded --photos x -o y --calibration best | unknown calibration 'best'; choose",
        "quantize embedded --photos x -o y --count 1 | between 2 and 10000, not '1'",
        "quantize embedded --photos x -o y --agreement NaN | between 0 and 1, not 'NaN'",
        "quantize embedded --photos x -o y --agreement Infinity | between 0 and 1, not 'Infinity'",
        "quantize embedded --photos x -o y --agreement -0.1 | between 0 and 1, not '-0.1'",
        "quantize embedded --photos x -o y --agreement high | between 0 and 1, not 'high'",
        "quantize embedded --photos x -o y --keep-float , | --keep-float must not be ','",
        "card embedded | missing required options: '--template=FILE.md', '--output=FILE.md'",
        "render attic -o a.png | unknown scene 'attic'; choose from room, interior, street,",
        "render room -o a.gif | --output must end in .jpg, .jpeg or .png, not 'a.gif'",
        "render room -o a.png --size big | such as 640x480, not 'big'",
        "render room -o a.png --size 0x5 | sides between 1 and 4096, such as 640x480, not '0x5'",
        "render room -o a.png --seed one | --seed must be a whole number of at most 18 digits",
        "render room -o a.png --stain 1.5,0.5,1,202020 | --stain must have X and Y between 0 and 1",
        "app | missing required option: '--output=DIR'",
        "serve --port 65536 | --port must be a whole number between 0 and 65535, not '65536'",
        "serve --port http | --port must be a whole number between 0 and 65535, not 'http'",
        "serve --workers 0 | --workers must be a whole number between 1 and 1024, not '0'",
        "serve --queue -1 | --queue must be a whole number between 1 and 100000, not '-1'",
        "serve --timeout 0 | --timeout must be a whole number between 1 and 86400, not '0'",
        "serve --max-body 2000 | --max-body must be a whole number between 1 and 1000, not '2000'",
        "serve --max-pixels 9999 | --max-pixels must be a whole number between 1 and 700",
        "serve --jobs 1001 | --jobs must be a whole number between 0 and 1000, not '1001'",
        "serve --log xml | unknown format 'xml'; choose from combined, json",
        "serve --max-video 0 | --max-video must be a whole number between 1 and 1000000, not '0'",
        "serve --max-minutes x | --max-minutes must be a whole number between 1 and 1440, not 'x'",
        "serve --token=ü | --token must be one word of ASCII letters, digits and signs",
        "serve --tls-key key.pem | --tls-key needs --tls FILE",
        "serve --tls --tls-key key.pem | --tls-key needs --tls FILE",
        "serve --token a --token-file b | give either --token or --token-file",
      })
  void itIsToldInOneLine(String arguments, String message) {
    assertWrong(List.of(arguments.split(" ")), message);
  }

  /** Nothing takes an empty value, and only what is said to be repeatable may be repeated. */
  @TestFactory
  Stream<DynamicTest> everyOptionRefusesAnEmptyValueAndASecondOne() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Map<String, CommandLine> commands = Main.commandLine(nowhere, nowhere).getSubcommands();
    return commands.entrySet().stream()
        .flatMap(
            command ->
                command.getValue().getCommandSpec().options().stream()
                    .filter(option -> !option.usageHelp() && !option.versionHelp())
                    // --debug is delta's own.
                    .filter(option -> !option.inherited())
                    .map(option -> test(command.getKey(), option)));
  }

  private static DynamicTest test(String command, OptionSpec option) {
    return DynamicTest.dynamicTest(
        command + " " + option.longestName(),
        () -> {
          String name = option.longestName();
          boolean flag = option.arity().max() == 0;
          if (!flag) {
            assertThat(delta(command, name + "=").exitCode()).isEqualTo(2);
          }
          if (!option.isMultiValue()) {
            String given = flag ? name : name + "=8";
            Run twice = delta(command, given, given);
            assertThat(twice.exitCode()).isEqualTo(2);
            assertThat(twice.errors()).hasSizeBetween(1, 3);
          }
        });
  }

  @Test
  void anEmptyArgumentIsNoFile() {
    assertWrong(List.of("estimate", ""), "INPUT must not be empty");
    assertWrong(List.of("info", ""), "MODEL must not be empty");
    assertWrong(List.of(""), "unknown command ''; choose from");
  }

  @Test
  void theCommandsThatAreNamedAreThoseOfTheHelp() {
    String line = delta("nope").errors().get(0);
    String help = delta("--help").out();
    String commands = help.substring(help.indexOf("Commands:"), help.indexOf("Exit codes:"));
    List<String> listed =
        commands.lines().skip(1).map(String::strip).map(l -> l.split(" ")[0]).toList();
    assertThat(new TreeSet<>(List.of(line.split("choose from ")[1].split(", "))))
        .containsExactlyInAnyOrderElementsOf(
            listed.stream().filter(name -> !name.isEmpty()).toList());
  }

  @Test
  void whatIsNearlyRightIsSuggested() {
    assertThat(delta("estimates", "a.jpg").err()).contains("Did you mean: delta estimate");
  }

  private static void assertWrong(List<String> arguments, String message) {
    Run run = delta(arguments.toArray());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).hasSize(2);
    assertThat(run.errors().get(0)).startsWith("delta: ").contains(message);
    assertThat(run.errors().get(1)).matches("(Try: delta .*--help|Did you mean: .*)");
  }
}

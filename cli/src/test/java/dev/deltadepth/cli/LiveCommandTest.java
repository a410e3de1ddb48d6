package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import org.junit.jupiter.api.Test;

class LiveCommandTest {
  /** Tests run without a display. */
  @Test
  void withoutADisplayItSaysSo() {
    Run run = delta("live");
    assertThat(run.exitCode()).isOne();
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("delta live needs a display", "delta video camera:0 -o FILE");
  }
}

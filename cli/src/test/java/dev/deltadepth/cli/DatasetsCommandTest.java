package dev.deltadepth.cli;

import static dev.deltadepth.cli.Command.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.cli.Command.Run;
import dev.deltadepth.datasets.DataSets;
import org.junit.jupiter.api.Test;

class DatasetsCommandTest {
  @Test
  void everyDataSetIsListedWithItsLayoutSourceLicenceAndPixels() {
    Run run = delta("datasets");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    DataSets.known()
        .forEach(
            format ->
                assertThat(run.out())
                    .contains(format.name() + ": " + format.title())
                    .contains("  folder   " + format.layout())
                    .contains("  get it   " + format.source())
                    .contains(format.origin().licence())
                    .contains(format.origin().citation()));
    assertThat(run.out())
        .contains("  licence  CC BY-NC-SA 3.0\n")
        .contains("  valid    0.001 m to 10 m, crop nyu-eigen\n")
        .contains("  valid    1e-05 m to 80 m, crop kitti-eigen\n")
        .contains("  valid    0.6 m to 350 m, crop none\n");
  }
}

package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.distill.recipe.OptimizerSettings.ScheduleName;
import dev.deltadepth.distill.run.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static Schedule schedule(ScheduleName name, long steps) {
    return new Schedule(
        new OptimizerSettings(
            OptimizerSettings.Name.ADAMW, 0.01, 0.01, name, 0, 0, 10, 1, 1, 2, List.of()),
        steps);
  }

  @Test
  void oneCycleRisesFromATwentyFifthAndEndsAtNearlyNothing() {
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=101): pct_start 0.3, cosine.
    Schedule schedule = schedule(ScheduleName.ONE_CYCLE, 101);
    assertThat(schedule.share(0, 0)).isCloseTo(0.04, within(1e-12));
    assertThat(schedule.share(15, 0)).isCloseTo(0.52, within(1e-12));
    assertThat(schedule.share(30, 0)).isCloseTo(1, within(1e-12));
    assertThat(schedule.share(65, 0)).isCloseTo(0.500002, within(1e-9));
    assertThat(schedule.share(100, 0)).isCloseTo(4e-6, within(1e-12));
  }

  @Test
  void plateauStaysUntilItIsReduced() {
    Schedule schedule = schedule(ScheduleName.PLATEAU, 1000);
    assertThat(schedule.share(4, 0)).as("warm-up").isCloseTo(0.5, within(1e-12));
    assertThat(schedule.share(500, 0)).isEqualTo(1);
    assertThat(schedule.share(999, 2)).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void aRunStandsByItsBestValidation() {
    Standing standing = Standing.BEFORE;
    assertThat(standing.empty()).isTrue();
    standing = standing.after(2, 10, 2);
    assertThat(standing).isEqualTo(new Standing(2, 10, 0, 0, 0));
    standing = standing.after(3, 20, 2);
    assertThat(standing).isEqualTo(new Standing(2, 10, 1, 1, 0));
    standing = standing.after(2, 30, 2);
    assertThat(standing).as("the rate falls").isEqualTo(new Standing(2, 10, 2, 0, 1));
    standing = standing.after(Double.NaN, 40, 2);
    assertThat(standing).isEqualTo(new Standing(2, 10, 3, 1, 1));
    standing = standing.after(1, 50, 2);
    assertThat(standing).isEqualTo(new Standing(1, 50, 0, 0, 1));
  }
}

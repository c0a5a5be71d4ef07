package dev.carillon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackActivityTest {
  private final StackActivity activity = new StackActivity();

  @Test
  void a_stack_with_nothing_to_do_is_idle() {
    assertThat(activity.isIdle(() -> true)).isTrue();
  }

  @Test
  void work_under_way_or_waiting_is_not_idle() {
    assertThat(activity.isIdle(() -> false)).isFalse();
    activity.begin();
    assertThat(activity.isIdle(() -> true)).isFalse();
    activity.end();
    assertThat(activity.isIdle(() -> true)).isTrue();
  }

  @Test
  void work_that_came_and_went_while_somebody_looked_is_not_idle() {
    assertThat(
            activity.isIdle(
                () -> {
                  activity.begin();
                  activity.end();
                  return true;
                }))
        .isFalse();
  }

  @Test
  void looking_in_vain_leaves_no_trace() {
    assertThat(
            activity.isIdle(
                () -> {
                  activity.look();
                  activity.end();
                  return true;
                }))
        .isTrue();
  }

  @Test
  void who_gathers_hears_when_nothing_more_can_come() {
    activity.begin();
    activity.gather("reports");
    activity.begin();
    assertThat(activity.onlyGathers(() -> true)).isFalse();
    activity.gather("clicks");
    assertThat(activity.onlyGathers(() -> false)).isFalse();
    assertThat(activity.onlyGathers(() -> true)).isTrue();
    assertThat(activity.isIdle(() -> true)).isFalse();
  }

  @Test
  void a_queue_is_gathered_from_until_its_batch_is_complete() {
    activity.begin();
    activity.gather("reports");
    assertThat(activity.gathersFrom("reports")).isTrue();
    assertThat(activity.gathersFrom("clicks")).isFalse();
    activity.gathered("reports");
    assertThat(activity.gathersFrom("reports")).isFalse();
  }
}

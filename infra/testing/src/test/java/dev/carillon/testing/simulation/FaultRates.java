package dev.carillon.testing.simulation;

import dev.carillon.testing.calls.SteppedInvocation.Step;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How bad things are: how often each thing goes wrong that may. For each seed half of them do not
 * go wrong at all, so that what one kind of trouble hides another does not.
 *
 * @param duplicates how many tasks are delivered twice
 * @param losses how many wakes, drains and sweeps are lost, and how many invocations of others
 * @param deaths how many calls of a port a machine dies at
 * @param lostAnswers how many calls are made and not answered
 * @param refusals how many calls are turned away
 * @param skewSeconds how far clocks are off, at most
 * @param pauses how many times, per call of a port, time goes on meanwhile
 * @param disorder whether tasks come in any order
 */
public record FaultRates(
    double duplicates,
    double losses,
    double deaths,
    double lostAnswers,
    double refusals,
    int skewSeconds,
    double pauses,
    boolean disorder) {

  public static final FaultRates FAIR = new FaultRates(0, 0, 0, 0, 0, 0, 0, false);

  public static FaultRates of(SplittableRandom chance) {
    return new FaultRates(
        upTo(0.5, chance),
        upTo(0.3, chance),
        upTo(0.03, chance),
        upTo(0.03, chance),
        upTo(0.03, chance),
        chance.nextBoolean() ? 300 : 0,
        upTo(0.1, chance),
        chance.nextBoolean());
  }

  private static double upTo(double most, SplittableRandom chance) {
    return chance.nextBoolean() ? chance.nextDouble(most) : 0;
  }

  public Step step(SplittableRandom chance) {
    double drawn = chance.nextDouble();
    if (drawn < deaths) {
      return chance.nextBoolean() ? Step.DIE_BEFORE : Step.DIE_AFTER;
    }
    if (drawn < deaths + lostAnswers) {
      return Step.NOT_HEAR;
    }
    return drawn < deaths + lostAnswers + refusals ? Step.BE_TURNED_AWAY : Step.CALL;
  }

  public Duration skew(SplittableRandom chance) {
    return skewSeconds == 0
        ? Duration.ZERO
        : Duration.ofSeconds(chance.nextInt(-skewSeconds, skewSeconds + 1));
  }
}

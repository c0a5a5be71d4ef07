package dev.carillon.batch;

import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.Optional;

/**
 * What a batch came to.
 *
 * @param activities those that templates see, oldest first, at most 100
 * @param totalActivities of how many
 * @param actors who did them, in the order of the activities that templates see, each once, at most
 *     as many as those
 * @param totalActors of how many
 */
public record Collected(
    List<Activity> activities, int totalActivities, List<RecipientId> actors, int totalActors) {
  public Collected {
    activities = List.copyOf(activities);
    actors = List.copyOf(actors);
  }

  public Optional<RecipientId> firstActor() {
    return actors.stream().findFirst();
  }
}

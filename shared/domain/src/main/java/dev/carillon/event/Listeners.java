package dev.carillon.event;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that wait for events, by recipient. Sees every listener added so far; what is past its
 * {@code until} by a day is forgotten.
 */
public interface Listeners {

  /** Adds the listener. Safe to repeat; what it claimed already stays claimed. */
  void add(EnvironmentId environment, Listener listener);

  /** The listeners of a recipient for events of that source, the earliest trigger first. */
  List<Listener> of(EnvironmentId environment, RecipientId recipient, String source);

  /**
   * Those of the sources that the recipient's runs wait for events of. Costs next to nothing for
   * sources that nobody in the environment waits for.
   */
  Set<String> awaited(EnvironmentId environment, RecipientId recipient, Set<String> sources);

  /**
   * Lets the event be what the listener waited for, unless another one already is. Safe to repeat.
   *
   * @return the event that it is: this one, or the one that was first; empty when nobody listens
   *     there any more
   */
  Optional<Event> claim(EnvironmentId environment, Listener listener, Event event);

  /** The event that was claimed for the listener; empty when none was. */
  Optional<Event> claimed(EnvironmentId environment, Listener listener);

  /** Takes the listener away, with what it claimed. Safe to repeat. */
  void remove(EnvironmentId environment, Listener listener);
}

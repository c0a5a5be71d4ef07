package dev.carillon.bulk;

import dev.carillon.message.Mark;
import dev.carillon.message.MessageId;
import java.util.List;
import java.util.Optional;

/**
 * A change of all messages that a selection leads to, and how far it got. Messages are noted before
 * they are changed: what is changed may fall out of the selection, so a search that is done again
 * would not find it.
 *
 * @param mark what is said of them; empty when they are to be deleted
 * @param noted those found, and not known to be changed
 * @param next where the search goes on; empty when it is over
 */
public record Marking(
    Optional<Mark> mark, MessageSelection which, List<MessageId> noted, Optional<Place> next) {
  /** A recipient of the selection, counted from 0, and a position in what there is of it. */
  public record Place(int recipient, Optional<String> cursor) {
    public static final Place FIRST = new Place(0, Optional.empty());
  }

  public Marking {
    noted = List.copyOf(noted);
  }

  /** Before anything was looked for. */
  public static Marking of(Optional<Mark> mark, MessageSelection which) {
    return new Marking(mark, which, List.of(), Optional.of(Place.FIRST));
  }

  /** With these found, and the search to go on there. */
  public Marking found(List<MessageId> some, Optional<Place> then) {
    return new Marking(mark, which, some, then);
  }

  public boolean ended() {
    return noted.isEmpty() && next.isEmpty();
  }
}

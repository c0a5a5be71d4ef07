package dev.carillon.audience;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;

/**
 * Which users were found in which dynamic audiences, so that coming in and leaving are noticed.
 * Whether somebody is in one at this moment is the matter of {@link Membership}, which asks its
 * conditions; this is a record of it, brought up to them whenever a user or a condition changes.
 */
public interface DynamicMembers {

  /** How far the record of one stay has come. */
  enum State {
    /** In, by what was read before this was written down; to be read again. */
    BEGUN,
    /** In, and not everybody was told. */
    ENTERING,
    /** In. */
    IN,
    /** Out, by what was read before this was written down; to be read again. */
    LEAVING,
    /** Out, and not everybody was told. */
    LEFT
  }

  /**
   * One stay of a user in an audience.
   *
   * @param stay names the stay: of two of one user, one after the other, each has its own
   * @param since when it was noticed
   */
  record DynamicMember(String audience, RecipientId user, String stay, Instant since, State state) {

    /** The same stay, come further. */
    public DynamicMember in(State further) {
      return new DynamicMember(audience, user, stay, since, further);
    }
  }

  /**
   * One member of a page.
   *
   * @param position what a {@link PageRequest} may name to go on from here
   */
  record ListedMember(DynamicMember member, String position) {}

  /**
   * The user's stays, in all audiences, also in those that there are no more. Sees every change
   * answered so far. One query.
   */
  List<DynamicMember> of(EnvironmentId environment, RecipientId user);

  /**
   * Begins a stay. Safe to repeat: of one user in one audience there is one at a time.
   *
   * @return false when one is there, whatever its state; nothing was changed
   */
  boolean begin(EnvironmentId environment, DynamicMember member);

  /**
   * Brings a stay further.
   *
   * @param before as it was read
   * @return false when it is no longer that stay in that state; nothing was changed. A caller whose
   *     answer was lost may be told false of its own change: it looks again.
   */
  boolean move(EnvironmentId environment, DynamicMember before, State after);

  /**
   * Ends a stay and forgets it, as {@link #move} changes it.
   *
   * @param before as it was read
   */
  boolean end(EnvironmentId environment, DynamicMember before);

  /**
   * Who is in an audience, in an order that stays; of what was changed within the last second or
   * so, perhaps not yet. A page costs what it shows, and one read for each partition without
   * anything.
   */
  Page<ListedMember> members(EnvironmentId environment, String audience, PageRequest page);
}

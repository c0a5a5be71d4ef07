package dev.carillon.audience;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The audiences of an environment, and who was put into those that are static. The two do not know
 * of each other: members may be added before there is an audience, and stay when it is replaced.
 * Whether somebody is in an audience is the matter of {@link Membership}.
 */
public interface Audiences {
  /** For how long a change of what an audience is may stay unseen. */
  Duration AGE = Duration.ofSeconds(5);

  /** The audience; empty when there is none. What a change made is seen within {@link #AGE}. */
  Optional<Audience> find(EnvironmentId environment, String key);

  /** As {@link #find}, and sees every change answered so far. Costs a read. */
  Optional<Audience> findNow(EnvironmentId environment, String key);

  /**
   * Makes a static audience unless there is one of that key. Safe to repeat.
   *
   * @return what there is now: that audience, or the one that was there
   */
  Audience create(EnvironmentId environment, String key);

  /** What audiences there are, by key. What a change made is seen within {@link #AGE}. */
  Map<String, Audience> all(EnvironmentId environment);

  /** As {@link #all}, and sees every change answered so far. One read. */
  Map<String, Audience> allNow(EnvironmentId environment);

  /** Adds the audience or replaces it. Safe to repeat. */
  void put(EnvironmentId environment, String key, Audience audience);

  /**
   * Puts the member in. Safe to repeat; the time that counts is that of the first.
   *
   * @return false when it was in already
   */
  boolean add(EnvironmentId environment, String key, Member member, Instant now);

  /**
   * Takes the member out; nothing happens when it is not in. Safe to repeat.
   *
   * @return when it was added; empty when it was not in
   */
  Optional<Instant> remove(EnvironmentId environment, String key, Member member);

  /** Whether the member was put in. Sees every addition and removal answered so far. */
  boolean has(EnvironmentId environment, String key, Member member);

  /**
   * When the member was put in; empty when it is not in. Sees every addition and removal answered
   * so far.
   */
  Optional<Instant> addedAt(EnvironmentId environment, String key, Member member);

  /**
   * Who was put in, in an order that stays. A page costs what it shows, and one read for each
   * partition without anything.
   */
  Page<Listed> members(EnvironmentId environment, String key, PageRequest page);

  /** In so many parts an audience can be gone through beside each other. */
  int PARTS = 16;

  /**
   * Those of one part, in an order that stays. All parts together are all members, each in one.
   *
   * @param part from 0, less than {@link #PARTS}
   */
  Page<Listed> membersIn(EnvironmentId environment, String key, int part, PageRequest page);

  /**
   * The audiences that the user was put into, within whatever tenant. Costs one read for each
   * audience there is; there are few.
   */
  default List<Belonging> of(EnvironmentId environment, RecipientId user) {
    return of(environment, user, Set.of());
  }

  /**
   * As {@link #of(EnvironmentId, RecipientId)}, with those among which are no more: who was put
   * into one that was archived is still listed there.
   *
   * @param gone their keys
   */
  List<Belonging> of(EnvironmentId environment, RecipientId user, Set<String> gone);

  /** One audience that a user was put into. */
  record Belonging(String key, Member member, Instant addedAt) {}

  /**
   * One member of a page.
   *
   * @param position what a {@link PageRequest} may name to go on from here
   */
  record Listed(Member member, Instant addedAt, String position) {}

  /**
   * A user within a tenant or within none, which are members of their own: a user may be in an
   * audience several times.
   */
  record Member(RecipientId user, Optional<TenantId> tenant) {
    public Member {
      if (!user.isUser()) {
        throw new IllegalArgumentException("Only users are in audiences, not " + user);
      }
    }
  }
}

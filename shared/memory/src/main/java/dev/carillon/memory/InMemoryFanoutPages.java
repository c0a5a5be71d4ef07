package dev.carillon.memory;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.TriggerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rosters in memory, for ever. */
public final class InMemoryFanoutPages implements FanoutPages {

  private record Key(EnvironmentId environment, TriggerId trigger) {}

  private static final class Roster {
    final TreeMap<String, Page<Reached>> pages = new TreeMap<>();
    final Set<String> handedOver = new HashSet<>();
    final Map<RecipientId, Reached> claims = new HashMap<>();
  }

  private final Map<Key, Roster> rosters = new HashMap<>();

  private Roster of(EnvironmentId environment, TriggerId trigger) {
    return rosters.computeIfAbsent(new Key(environment, trigger), _ -> new Roster());
  }

  @Override
  public synchronized List<Reached> claim(
      EnvironmentId environment, TriggerId trigger, List<Reached> reached) {
    var claims = of(environment, trigger).claims;
    return reached.stream().map(one -> claims.computeIfAbsent(one.recipient(), _ -> one)).toList();
  }

  @Override
  public synchronized Enrolled enroll(
      EnvironmentId environment, TriggerId trigger, String name, Page<Reached> page) {
    Roster roster = of(environment, trigger);
    roster.pages.putIfAbsent(name, page);
    return new Enrolled(roster.pages.get(name), roster.handedOver.contains(name));
  }

  @Override
  public synchronized Optional<Page<Reached>> enrolled(
      EnvironmentId environment, TriggerId trigger, String name) {
    return Optional.ofNullable(of(environment, trigger).pages.get(name));
  }

  @Override
  public synchronized void markHandedOver(
      EnvironmentId environment, TriggerId trigger, String name) {
    of(environment, trigger).handedOver.add(name);
  }

  /** A page of the list is a page that was noted. */
  @Override
  public synchronized Page<Reached> roster(
      EnvironmentId environment, TriggerId trigger, Optional<String> cursor) {
    TreeMap<String, Page<Reached>> pages = of(environment, trigger).pages;
    SortedMap<String, Page<Reached>> rest =
        cursor
            .map(after -> (SortedMap<String, Page<Reached>>) pages.tailMap(after, false))
            .orElse(pages);
    if (rest.isEmpty()) {
      return Page.last(List.of());
    }
    return new Page<>(
        rest.get(rest.firstKey()).items(),
        rest.size() > 1 ? Optional.of(rest.firstKey()) : Optional.empty());
  }
}

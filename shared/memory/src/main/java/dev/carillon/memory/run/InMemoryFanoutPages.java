package dev.carillon.memory.run;

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
    final TreeMap<String, NotedPage> pages = new TreeMap<>();
    final Set<String> handedOver = new HashSet<>();
    final Map<String, Map<Integer, Boolean>> ended = new HashMap<>();
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
      EnvironmentId environment, TriggerId trigger, String name, NotedPage page) {
    Roster roster = of(environment, trigger);
    roster.pages.putIfAbsent(name, page);
    return new Enrolled(roster.pages.get(name), roster.handedOver.contains(name));
  }

  @Override
  public synchronized Optional<NotedPage> enrolled(
      EnvironmentId environment, TriggerId trigger, String name) {
    return Optional.ofNullable(of(environment, trigger).pages.get(name));
  }

  @Override
  public synchronized void markHandedOver(
      EnvironmentId environment, TriggerId trigger, String name) {
    of(environment, trigger).handedOver.add(name);
  }

  @Override
  public synchronized Optional<Boolean> endPiece(
      EnvironmentId environment,
      TriggerId trigger,
      String name,
      int piece,
      int of,
      boolean nested) {
    var ended = of(environment, trigger).ended.computeIfAbsent(name, _ -> new HashMap<>());
    ended.merge(piece, nested, Boolean::logicalOr);
    return ended.size() < of ? Optional.empty() : Optional.of(ended.containsValue(true));
  }

  /** A page of the list is a page that was noted. */
  @Override
  public synchronized Page<Reached> roster(
      EnvironmentId environment, TriggerId trigger, Optional<String> cursor) {
    TreeMap<String, NotedPage> pages = of(environment, trigger).pages;
    SortedMap<String, NotedPage> rest =
        cursor
            .map(after -> (SortedMap<String, NotedPage>) pages.tailMap(after, false))
            .orElse(pages);
    if (rest.isEmpty()) {
      return Page.last(List.of());
    }
    return new Page<>(
        rest.get(rest.firstKey()).reached(),
        rest.size() > 1 ? Optional.of(rest.firstKey()) : Optional.empty());
  }
}

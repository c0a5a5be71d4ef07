package dev.carillon.memory.recipient;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Members of dynamic audiences in memory. */
public final class InMemoryDynamicMembers implements DynamicMembers {
  private record Key(EnvironmentId environment, String audience, RecipientId user) {}

  private final Map<Key, DynamicMember> stays = new ConcurrentHashMap<>();

  @Override
  public List<DynamicMember> of(EnvironmentId environment, RecipientId user) {
    return stays.entrySet().stream()
        .filter(it -> it.getKey().environment().equals(environment))
        .filter(it -> it.getKey().user().equals(user))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(DynamicMember::audience))
        .toList();
  }

  @Override
  public boolean begin(EnvironmentId environment, DynamicMember member) {
    return stays.putIfAbsent(key(environment, member), member) == null;
  }

  @Override
  public boolean move(EnvironmentId environment, DynamicMember before, State after) {
    return stays.replace(key(environment, before), before, before.in(after));
  }

  @Override
  public boolean end(EnvironmentId environment, DynamicMember before) {
    return stays.remove(key(environment, before), before);
  }

  @Override
  public Page<ListedMember> members(EnvironmentId environment, String audience, PageRequest page) {
    return NewestFirst.page(
        stays.entrySet().stream()
            .filter(it -> it.getKey().environment().equals(environment))
            .map(Map.Entry::getValue)
            .filter(it -> it.audience().equals(audience) && it.state() != State.LEFT)
            .map(it -> new ListedMember(it, it.user().id()))
            .toList(),
        ListedMember::position,
        page);
  }

  private static Key key(EnvironmentId environment, DynamicMember member) {
    return new Key(environment, member.audience(), member.user());
  }
}

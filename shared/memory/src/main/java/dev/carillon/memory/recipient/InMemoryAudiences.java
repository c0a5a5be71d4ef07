package dev.carillon.memory.recipient;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Audiences in memory. */
public final class InMemoryAudiences implements Audiences {
  private record Key(EnvironmentId environment, String key) {}

  private record In(Key audience, Member member) {}

  private final Map<Key, Audience> audiences = new ConcurrentHashMap<>();
  private final Map<In, Instant> members = new ConcurrentHashMap<>();

  @Override
  public Optional<Audience> find(EnvironmentId environment, String key) {
    return Optional.ofNullable(audiences.get(new Key(environment, key)));
  }

  @Override
  public Optional<Audience> findNow(EnvironmentId environment, String key) {
    return find(environment, key);
  }

  @Override
  public Audience create(EnvironmentId environment, String key) {
    return audiences.computeIfAbsent(new Key(environment, key), _ -> new Audience.Static());
  }

  @Override
  public void put(EnvironmentId environment, String key, Audience audience) {
    audiences.put(new Key(environment, key), audience);
  }

  @Override
  public Map<String, Audience> all(EnvironmentId environment) {
    var all = new TreeMap<String, Audience>();
    audiences.forEach(
        (key, audience) -> {
          if (key.environment().equals(environment)) {
            all.put(key.key(), audience);
          }
        });
    return all;
  }

  @Override
  public Map<String, Audience> allNow(EnvironmentId environment) {
    return all(environment);
  }

  /** Lets there be no such audience. */
  public void remove(EnvironmentId environment, String key) {
    audiences.remove(new Key(environment, key));
  }

  @Override
  public boolean add(EnvironmentId environment, String key, Member member, Instant now) {
    return members.putIfAbsent(new In(new Key(environment, key), member), now) == null;
  }

  @Override
  public Optional<Instant> remove(EnvironmentId environment, String key, Member member) {
    return Optional.ofNullable(members.remove(new In(new Key(environment, key), member)));
  }

  @Override
  public Optional<Instant> addedAt(EnvironmentId environment, String key, Member member) {
    return Optional.ofNullable(members.get(new In(new Key(environment, key), member)));
  }

  @Override
  public Page<Listed> members(EnvironmentId environment, String key, PageRequest page) {
    return members(environment, key, _ -> true, page);
  }

  @Override
  public Page<Listed> membersIn(EnvironmentId environment, String key, int part, PageRequest page) {
    return members(
        environment,
        key,
        member -> Math.floorMod(member.user().id().hashCode(), PARTS) == part,
        page);
  }

  private Page<Listed> members(
      EnvironmentId environment, String key, Predicate<Member> wanted, PageRequest page) {
    var audience = new Key(environment, key);
    return NewestFirst.page(
        members.entrySet().stream()
            .filter(it -> it.getKey().audience().equals(audience))
            .filter(it -> wanted.test(it.getKey().member()))
            .map(
                it ->
                    new Listed(it.getKey().member(), it.getValue(), position(it.getKey().member())))
            .toList(),
        Listed::position,
        page);
  }

  @Override
  public List<Belonging> of(EnvironmentId environment, RecipientId user, Set<String> gone) {
    return members.entrySet().stream()
        .filter(it -> it.getKey().audience().environment().equals(environment))
        .filter(it -> it.getKey().member().user().equals(user))
        .filter(
            it ->
                audiences.containsKey(it.getKey().audience())
                    || gone.contains(it.getKey().audience().key()))
        .map(it -> new Belonging(it.getKey().audience().key(), it.getKey().member(), it.getValue()))
        .sorted(Comparator.comparing(Belonging::key))
        .toList();
  }

  /** No id holds a line break. */
  private static String position(Member member) {
    return member.user().id() + "\n" + member.tenant().map(TenantId::value).orElse("");
  }

  @Override
  public boolean has(EnvironmentId environment, String key, Member member) {
    return members.containsKey(new In(new Key(environment, key), member));
  }
}

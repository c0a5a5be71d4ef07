package dev.carillon.memory.incoming;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.source.Source;
import dev.carillon.source.SourceId;
import dev.carillon.source.Sources;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources in memory. */
public final class InMemorySources implements Sources {
  private record Place(EnvironmentId environment, String key) {}

  private final Map<Place, Source> sources = new HashMap<>();
  private final Map<Place, String> secrets = new HashMap<>();
  private int ids;

  @Override
  public synchronized Optional<Source> find(EnvironmentId environment, String key) {
    return Optional.ofNullable(sources.get(new Place(environment, key)));
  }

  @Override
  public synchronized List<Source> all(EnvironmentId environment) {
    return sources.values().stream()
        .filter(it -> it.environment().equals(environment))
        .sorted(Comparator.comparing(Source::key))
        .toList();
  }

  @Override
  public synchronized Optional<Source> receivingAt(SourceId id) {
    return sources.values().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<String> secret(EnvironmentId environment, String key) {
    return Optional.ofNullable(secrets.get(new Place(environment, key)));
  }

  @Override
  public synchronized void keepSecret(EnvironmentId environment, String key, String secret) {
    secrets.put(new Place(environment, key), secret);
  }

  @Override
  public synchronized boolean save(Source source) {
    var place = new Place(source.environment(), source.key());
    long revision = Optional.ofNullable(sources.get(place)).map(Source::revision).orElse(0L);
    if (revision != source.revision()) {
      return false;
    }
    sources.put(place, source.stored());
    return true;
  }

  /** The first, the second and so on: tests can tell them. */
  @Override
  public synchronized SourceId freshId() {
    ids++;
    return new SourceId("src_number_%08d".formatted(ids));
  }
}

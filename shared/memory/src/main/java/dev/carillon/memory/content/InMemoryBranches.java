package dev.carillon.memory.content;

import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.environment.EnvironmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Branches in memory. */
public final class InMemoryBranches implements Branches {
  private record Key(EnvironmentId of, String slug) {}

  private final Map<Key, Branch> branches = new HashMap<>();

  @Override
  public synchronized List<Branch> all(EnvironmentId of) {
    return branches.values().stream().filter(it -> it.of().equals(of)).toList();
  }

  @Override
  public synchronized Optional<Branch> find(EnvironmentId of, String slug) {
    return Optional.ofNullable(branches.get(new Key(of, slug)));
  }

  @Override
  public synchronized boolean save(Branch branch) {
    if (!isAsRead(branch)) {
      return false;
    }
    branches.put(
        new Key(branch.of(), branch.slug()),
        new Branch(
            branch.of(),
            branch.slug(),
            branch.createdAt(),
            branch.updatedAt(),
            branch.base(),
            branch.revision() + 1));
    return true;
  }

  private boolean isAsRead(Branch branch) {
    return find(branch.of(), branch.slug()).map(Branch::revision).orElse(0L) == branch.revision();
  }

  @Override
  public synchronized boolean delete(Branch branch) {
    return isAsRead(branch) && branches.remove(new Key(branch.of(), branch.slug())) != null;
  }
}

package dev.carillon.storage.dynamo.content;

import dev.carillon.audience.Audience;
import dev.carillon.audience.AudienceReader;
import dev.carillon.change.Change;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.NewestFirstPartition;
import dev.carillon.storage.dynamo.OptimisticRetry;
import dev.carillon.storage.dynamo.SideBySide;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.storage.dynamo.recipient.DynamoAudiences;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commits in the table. What a commit lets serve, how its contents stand and the commit itself are
 * one transaction; the versions it names are written before it.
 */
public final class DynamoCommits implements Commits {
  private final DynamoTable table;
  private final DynamoContents contents;
  private final DynamoAssets assets;
  private final OptimisticRetry retry = new OptimisticRetry();

  public DynamoCommits(DynamoTable table) {
    this.table = table;
    this.contents = new DynamoContents(table);
    this.assets = new DynamoAssets(table);
  }

  @Override
  public Outcome commit(EnvironmentId environment, List<Serving> all) {
    if (all.isEmpty() || all.size() > MOST) {
      throw new IllegalArgumentException(all.size() + " contents at once");
    }
    if (all.stream().anyMatch(one -> one.seen().archived())) {
      return Outcome.ARCHIVED;
    }
    for (Serving one : all) {
      if (one.commit().content().type() == ContentType.WORKFLOW) {
        var key = new WorkflowKey(one.commit().content().key());
        DynamoWorkflows.noteEntry(table, environment, key, one.content());
      }
    }
    // A draft was written when it was saved.
    SideBySide.each(
        all.stream()
            .filter(one -> !one.seen().draft().equals(Optional.of(one.commit().version())))
            .toList(),
        one ->
            contents.writeVersion(
                environment, one.commit().content(), one.commit().version(), one.content()));
    // Which layouts and partials serve is in one item, which commits of others change meanwhile.
    return retry.until(environment.value() + " commit", () -> attempt(environment, all));
  }

  @Override
  public boolean archiveAudience(
      EnvironmentId environment, String key, Instant now, Change change) {
    var id = new ContentId(ContentType.AUDIENCE, key);
    return retry.until(
        environment.value() + " " + id,
        () -> {
          ContentHead before = contents.find(environment, id).orElse(ContentHead.none(id, now));
          if (before.archived()) {
            return Optional.of(false);
          }
          return table
                  .transaction()
                  .put(
                      DynamoContents.item(environment, before.archived(now)),
                      Condition.revision(before.revision()))
                  .delete(DynamoAudiences.key(environment, key), Condition.NONE)
                  .put(DynamoChanges.item(environment, change), Condition.NONE)
                  .commit()
                  .isEmpty()
              ? Optional.of(true)
              : Optional.empty();
        });
  }

  /** Empty when somebody else was writing one of the items just then. */
  private Optional<Outcome> attempt(EnvironmentId environment, List<Serving> all) {
    Transaction transaction = table.transaction();
    var heads = new ArrayList<Integer>();
    var workflows = new ArrayList<Integer>();
    int writes = 0;
    for (Serving one : all) {
      Commit commit = one.commit();
      heads.add(writes);
      transaction
          .put(
              DynamoContents.item(environment, one.seen().committed(commit)),
              Condition.revision(one.seen().revision()))
          .put(item(ContentKeys.commits(environment), commit), Condition.NONE)
          .put(item(ContentKeys.commits(environment, commit.content()), commit), Condition.NONE)
          .put(DynamoChanges.item(environment, one.change()), Condition.NONE);
      writes += 4;
      switch (commit.content().type()) {
        case WORKFLOW -> {
          workflows.add(writes++);
          transaction.update(
              new Key(
                  ContentKeys.workflow(environment, new WorkflowKey(commit.content().key())),
                  DynamoWorkflows.LIVE),
              DynamoWorkflows.SERVE,
              DynamoWorkflows.serving(commit.version()));
        }
        case AUDIENCE -> {
          writes++;
          transaction.put(
              DynamoAudiences.item(environment, commit.content().key(), audience(one)),
              Condition.NONE);
        }
        case PARTIAL, EMAIL_LAYOUT, TRANSLATION, MESSAGE_TYPE -> {}
      }
    }
    var parts = new LinkedHashMap<ContentId, Json.Obj>();
    var versions = new LinkedHashMap<ContentId, VersionId>();
    for (Serving one : all) {
      if (ServedParts.isOne(one)) {
        ContentId id = one.commit().content();
        parts.put(id, ServedParts.part(id, one.content()));
        versions.put(id, one.commit().version());
      }
    }
    if (!parts.isEmpty()) {
      DynamoAssets.Stored before = assets.stored(environment);
      transaction.put(assets.following(environment, before, versions, parts), before.unchanged());
    }
    Optional<Transaction.Refusal> refusal = transaction.commit();
    assets.forget(environment);
    if (refusal.isEmpty()) {
      return Optional.of(Outcome.DONE);
    }
    if (heads.stream().anyMatch(refusal.get()::failed)) {
      return Optional.of(Outcome.CHANGED);
    }
    return workflows.stream().anyMatch(refusal.get()::failed)
        ? Optional.of(Outcome.ARCHIVED)
        : Optional.empty();
  }

  private static Audience audience(Serving one) {
    return switch (AudienceReader.read(ServedParts.audience(one.content()))) {
      case AudienceReader.Read.Ok(var audience) -> audience;
      case AudienceReader.Read.Refused(var problems) ->
          throw new IllegalArgumentException(
              one.commit().content() + " has " + problems.size() + " problems");
    };
  }

  private static Item item(String partition, Commit commit) {
    return Item.at(new Key(partition, commit.id().toString()))
        .bytes(Item.BODY, CompressedJson.pack(CommitDocument.write(commit)));
  }

  @Override
  public Optional<Commit> find(EnvironmentId environment, CommitId id) {
    return table
        .get(new Key(ContentKeys.commits(environment), id.toString()))
        .map(CommitDocument::read);
  }

  @Override
  public Map<CommitId, Commit> find(EnvironmentId environment, Set<CommitId> ids) {
    Map<CommitId, Key> keys = new LinkedHashMap<>();
    ids.forEach(id -> keys.put(id, new Key(ContentKeys.commits(environment), id.toString())));
    Map<CommitId, Commit> found = new LinkedHashMap<>();
    SideBySide.get(table, keys).forEach((id, item) -> found.put(id, CommitDocument.read(item)));
    return found;
  }

  @Override
  public Page<Commit> page(EnvironmentId environment, PageRequest page) {
    return new NewestFirstPartition(table)
        .page(ContentKeys.commits(environment), page, CommitDocument::read);
  }

  @Override
  public Page<Commit> page(EnvironmentId environment, ContentId content, PageRequest page) {
    return new NewestFirstPartition(table)
        .page(ContentKeys.commits(environment, content), page, CommitDocument::read);
  }
}

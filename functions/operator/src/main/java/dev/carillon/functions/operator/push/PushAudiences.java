package dev.carillon.functions.operator.push;

import dev.carillon.audience.Audiences;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PutMembers;
import dev.carillon.functions.operator.push.EnvironmentFile.KeyedAudience;
import dev.carillon.project.Finding;
import dev.carillon.runtime.ReconsiderAudiences;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lets the audiences of {@code environment.json} hold, and their members be in them. */
public final class PushAudiences {
  /** A push that died may be made again for so long, and tells then whom it put in. */
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private final Audiences audiences;
  private final Contents contents;
  private final ReconsiderAudiences reconsider;
  private final PutMembers members;
  private final InstantSource clock;

  public PushAudiences(
      Audiences audiences,
      Contents contents,
      ReconsiderAudiences reconsider,
      PutMembers members,
      InstantSource clock) {
    this.audiences = audiences;
    this.contents = contents;
    this.reconsider = reconsider;
    this.members = members;
    this.clock = clock;
  }

  /**
   * @param findings gets what could not be taken: those that are archived, whose keys are never
   *     free again
   * @return those that hold now
   */
  List<KeyedAudience> run(EnvironmentId environment, EnvironmentFile file, List<Finding> findings) {
    var kept = new ArrayList<KeyedAudience>();
    for (KeyedAudience audience : file.audiences()) {
      var id = new ContentId(ContentType.AUDIENCE, audience.key());
      if (contents.find(environment, id).filter(ContentHead::archived).isPresent()) {
        findings.add(file.finding("audiences", audience.key() + " is archived, for good."));
      } else {
        kept.add(audience);
      }
    }
    put(environment, kept);
    return kept;
  }

  private void put(EnvironmentId environment, List<KeyedAudience> kept) {
    var known = audiences.allNow(environment);
    List<KeyedAudience> changed =
        kept.stream().filter(it -> !it.audience().equals(known.get(it.key()))).toList();
    if (!changed.isEmpty()) {
      reconsider.reconsider(
          environment,
          changed.stream().map(KeyedAudience::key).collect(Collectors.toSet()),
          "environment.json " + clock.instant());
    }
    changed.forEach(it -> audiences.put(environment, it.key(), it.audience()));
    for (KeyedAudience audience : kept) {
      if (!audience.members().isEmpty()) {
        members.add(environment, audience.key(), audience.members(), clock.instant(), AGAIN);
      }
    }
  }
}

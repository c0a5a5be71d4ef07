package dev.carillon.event;

import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts members into static audiences and takes them out, and tells of it: runs that wait, and the
 * workflows that the audience triggers. What is repeated is told again, under the same names.
 */
public final class PutMembers {
  private final Audiences audiences;
  private final Workflows workflows;
  private final PublishEvents tell;
  private final Tasks tasks;

  public PutMembers(Audiences audiences, Workflows workflows, PublishEvents tell, Tasks tasks) {
    this.audiences = audiences;
    this.workflows = workflows;
    this.tell = tell;
    this.tasks = tasks;
  }

  /**
   * Puts them in.
   *
   * @param again for how long after a member was added it may be told again that it was: the caller
   *     may have died before it told anybody. Who has been in for longer does not come in again.
   */
  public void add(
      EnvironmentId environment, String key, List<Member> members, Instant now, Duration again) {
    boolean triggers = !workflows.enteredBy(environment, key).isEmpty();
    var entries = new ArrayList<Tasks.Sending>();
    for (Member member : members) {
      audiences.add(environment, key, member, now);
      Optional<Instant> added =
          audiences.addedAt(environment, key, member).filter(at -> at.isAfter(now.minus(again)));
      if (added.isPresent()) {
        tell.entered(environment, key, member, added.get().toString());
        entries.add(
            new Tasks.Sending(
                new FanoutTask.Entered(environment, key, member, added.get()), Duration.ZERO));
      }
    }
    if (triggers && !entries.isEmpty()) {
      tasks.send(entries);
    }
  }

  /** Takes them out; told first, so that who dies in between finds the member still in. */
  public void remove(EnvironmentId environment, String key, List<Member> members) {
    for (Member member : members) {
      audiences
          .addedAt(environment, key, member)
          .ifPresent(at -> tell.left(environment, key, member, at.toString()));
      audiences.remove(environment, key, member);
    }
  }
}

package dev.carillon.accept.event;

import dev.carillon.accept.TriggerRequest;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.bulk.BulkRow;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;

/** Something an event asks for, understood and checked as a call of the API would be. */
public sealed interface SourceAction {

  /** Write these one after the other; who is identified comes before who is subscribed. */
  record Write(List<BulkRow> rows) implements SourceAction {
    public Write {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Put somebody into a static audience.
   *
   * @param user with what the event says of it
   */
  record AddMember(String audience, Trigger.Named user, Member member) implements SourceAction {}

  record RemoveMember(String audience, Member member) implements SourceAction {}

  record Start(WorkflowKey workflow, TriggerRequest request) implements SourceAction {}
}

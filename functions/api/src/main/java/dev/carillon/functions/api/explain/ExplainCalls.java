package dev.carillon.functions.api.explain;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.batch.Batches;
import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Ids;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.outcome.HeldBatch;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.WorkflowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The call that explains to a recipient what became of all that was triggered for them. */
final class ExplainCalls {
  static final List<Operation<ExplainCalls>> OPERATIONS =
      List.of(Operation.get("/v1/explain", SECRET_KEY, ExplainCalls::explain));

  private static final Set<String> PARAMETERS =
      Set.of(
          "after",
          "page_size",
          "recipient",
          "recipient.id",
          "recipient.collection",
          "collection",
          "workflow",
          "tenant",
          "since",
          "until");

  private final Runs runs;
  private final Messages messages;
  private final Batches batches;
  private final Channels channels;
  private final WhyNoRun whyNoRun;

  ExplainCalls(
      Runs runs, Messages messages, Batches batches, Channels channels, WhyNoRun whyNoRun) {
    this.runs = runs;
    this.messages = messages;
    this.batches = batches;
    this.channels = channels;
    this.whyNoRun = whyNoRun;
  }

  /**
   * @param range when the trigger was accepted
   */
  private record Question(
      RecipientId recipient,
      Optional<WorkflowKey> workflow,
      Optional<TenantId> tenant,
      TimeRange range) {

    static Question of(Query query) {
      query.only(PARAMETERS);
      return new Question(
          recipient(query),
          query.one("workflow").map(Question::workflow),
          query.id("tenant").map(TenantId::new),
          ListFilters.range(query.instant("since"), query.instant("until")));
    }

    private static RecipientId recipient(Query query) {
      Optional<String> collection =
          query.one("collection").map(it -> Ids.checked("collection", it));
      RecipientId named =
          ListFilters.recipient(query)
              .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at("recipient", "is required"));
      return collection.map(it -> new RecipientId(it, named.id())).orElse(named);
    }

    private static WorkflowKey workflow(String key) {
      if (!WorkflowKey.isValid(key)) {
        throw ErrorCode.INVALID_PARAMS.at("workflow", "must be the key of a workflow");
      }
      return new WorkflowKey(key);
    }

    boolean wants(Run run) {
      return workflow.map(it -> it.value().equals(run.workflow().plain())).orElse(true)
          && tenant.map(it -> run.tenant().equals(Optional.of(it))).orElse(true);
    }
  }

  HttpResponse explain(HttpRequest request, EnvironmentId environment) {
    Query query = request.query();
    Question question = Question.of(query);
    Cursors cursors =
        request.cursors(
            environment,
            "explain",
            question.recipient().collection() + "/" + question.recipient().id());
    var paging = cursors.paging(query);
    Page<Run> page =
        Pages.filled(
            paging,
            part ->
                runs.newestFirst(
                    environment, question.recipient(), question.range(), question::wants, part));
    boolean first = paging.after().isEmpty() && !paging.nowhere();
    boolean none = first && page.items().isEmpty() && page.next().isEmpty();
    return HttpResponse.ok(
        Json.object()
            .with("recipient", question.recipient().reference())
            .with("reasons", Json.array(none ? reasons(environment, question) : List.of()))
            .with("items", Json.array(explained(environment, page.items())))
            .with("page_info", cursors.pageInfo(paging.size(), page.next(), Optional.empty())));
  }

  /** Why there is no run at all. */
  private List<Json.Obj> reasons(EnvironmentId environment, Question question) {
    return whyNoRun
        .reasons(
            environment,
            question.recipient(),
            question.workflow(),
            question.tenant(),
            question.range())
        .stream()
        .map(WhyNoRun.Reason::json)
        .toList();
  }

  private List<Json.Obj> explained(EnvironmentId environment, List<Run> found) {
    var configured = channels.all(environment);
    Map<RunId, Run> holders = holders(environment, found);
    Map<MessageId, Message> made =
        RunMessages.by(
            Stream.concat(found.stream(), holders.values().stream()).toList(),
            environment,
            messages);
    return found.stream()
        .map(
            run ->
                explain(
                        run,
                        made,
                        configured,
                        holder(run)
                            .map(holders::get)
                            .map(it -> explain(it, made, configured, Optional.empty())))
                    .json())
        .toList();
  }

  private Explain explain(
      Run run, Map<MessageId, Message> made, List<Channel> configured, Optional<Explain> holder) {
    return new Explain(
        run, RunMessages.of(run, made), HeldBatch.of(run, batches), configured, holder);
  }

  /** The runs that hold the batches in which these ended, as far as they are stored. */
  private Map<RunId, Run> holders(EnvironmentId environment, List<Run> found) {
    var holders = new HashMap<RunId, Run>();
    found.stream()
        .flatMap(run -> holder(run).stream())
        .distinct()
        .forEach(id -> runs.find(environment, id).ifPresent(run -> holders.put(id, run)));
    return holders;
  }

  /** Which run holds the batch that this one ended in; empty when it did not. */
  private static Optional<RunId> holder(Run run) {
    return run.log().reversed().stream()
        .filter(entry -> entry.event() == RunEvent.BATCH_JOINED)
        .findFirst()
        .flatMap(entry -> entry.data().text("run"))
        .map(RunId::parse);
  }
}

package dev.carillon.functions.delivery.workspaces;

import static dev.carillon.edge.route.Operation.at;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Query;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.provider.chat.Answer;
import dev.carillon.provider.chat.Question;
import dev.carillon.provider.chat.Workspace;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /v1/providers/{provider}/{channel}/…}: what components of a page ask of the workspace that
 * an object, as a rule a tenant, is connected to. A user token needs a grant on that object.
 */
public final class WorkspaceCalls {
  private static final String OF = "/v1/providers/{provider}/{channel}/";
  private static final String OPTIONS = "query_options.";

  public static final List<Operation<WorkspaceCalls>> OPERATIONS =
      List.of(
          operation(HttpMethod.GET, "auth_check", WorkspaceCalls::check),
          operation(HttpMethod.GET, "channels", WorkspaceCalls::channels),
          operation(HttpMethod.GET, "teams", WorkspaceCalls::teams),
          operation(HttpMethod.PUT, "revoke_access", WorkspaceCalls::revoke));

  private final Channels channels;
  private final Recipients recipients;
  private final AskWorkspace asking;
  private final InstantSource clock;

  WorkspaceCalls(
      Channels channels, Recipients recipients, AskWorkspace asking, InstantSource clock) {
    this.channels = channels;
    this.recipients = recipients;
    this.asking = asking;
    this.clock = clock;
  }

  private static Operation<WorkspaceCalls> operation(
      HttpMethod method, String call, Operation.Handler<WorkspaceCalls> handler) {
    return at(RateTier.TIER_2, Operation.byCaller(method, OF + call, Access.workspaces(), handler));
  }

  /** What a call is about. */
  private record Asked(
      Provider<?> provider,
      Workspace workspace,
      Channel channel,
      RecipientId object,
      Json.Obj data) {}

  /** A workspace that refuses is an answer, too. */
  private HttpResponse check(HttpRequest request, Caller caller) {
    Asked asked = asked(request, caller);
    return HttpResponse.ok(
        Json.object()
            .with(
                "connection",
                switch (ask(caller, asked, new Question.Check())) {
                  case Answer.Known(var body) -> body.with("ok", Json.TRUE);
                  // The components look at "error", the schema has "reason".
                  case Answer.Refused(var reason) ->
                      Json.object()
                          .with("ok", Json.FALSE)
                          .with("reason", reason)
                          .with("error", reason);
                  case Answer.Failed _ -> throw ErrorCode.PROVIDER_FAILED.refused();
                }));
  }

  private HttpResponse channels(HttpRequest request, Caller caller) {
    String team = request.query().one("team_id").orElse("");
    return list(request, caller, options -> new Question.Channels(team, options));
  }

  private HttpResponse teams(HttpRequest request, Caller caller) {
    return list(request, caller, Question.Teams::new);
  }

  private HttpResponse list(
      HttpRequest request, Caller caller, Function<Map<String, String>, Question> question) {
    Asked asked = asked(request, caller);
    return HttpResponse.ok(known(ask(caller, asked, question.apply(options(request.query())))));
  }

  /** What the workspace is told first is then forgotten; a call that died may be repeated. */
  private HttpResponse revoke(HttpRequest request, Caller caller) {
    Asked asked = asked(request, caller);
    known(ask(caller, asked, new Question.Revoke()));
    String channel = asked.channel().id().toString();
    recipients.change(
        caller.environment(),
        asked.object(),
        it -> it.withChannelData(channel, asked.workspace().disconnected(data(it, channel))),
        clock.instant());
    // Knock's browser client compares the whole body, its schema has an object.
    return HttpResponse.ok(
        request.header("x-knock-client").isPresent()
            ? Json.of("ok")
            : Json.object().with("ok", "ok"));
  }

  private static Json.Obj known(Answer answer) {
    return switch (answer) {
      case Answer.Known(var body) -> body;
      case Answer.Refused(var reason) ->
          throw ErrorCode.NOT_AUTHORIZED.saying("The provider does not allow it: " + reason);
      case Answer.Failed _ -> throw ErrorCode.PROVIDER_FAILED.refused();
    };
  }

  private Answer ask(Caller caller, Asked asked, Question question) {
    return asking.ask(
        caller.environment(),
        asked.channel(),
        asked.provider(),
        asked.workspace(),
        question,
        asked.data());
  }

  private Asked asked(HttpRequest request, Caller caller) {
    String path = request.pathParameter("provider");
    Provider<?> provider =
        Providers.all().stream()
            .filter(it -> it.workspace().filter(one -> one.path().equals(path)).isPresent())
            .findFirst()
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    Workspace workspace = provider.workspace().orElseThrow();
    RecipientId object = WorkspaceObject.of(request.query(), workspace.objectParameter());
    WorkspaceObject.check(caller, workspace, object);
    Channel channel =
        channels
            .find(caller.environment(), request.pathParameter("channel"))
            .filter(it -> it.provider().equals(provider.key()))
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    Json.Obj data =
        recipients
            .find(caller.environment(), object)
            .map(it -> data(it, channel.id().toString()))
            .orElse(Json.Obj.EMPTY);
    if (!workspace.connected(data)) {
      throw ErrorCode.NOT_AUTHORIZED.saying(workspace.unset());
    }
    return new Asked(provider, workspace, channel, object, data);
  }

  static Json.Obj data(Recipient recipient, String channel) {
    return recipient.channelData().getOrDefault(channel, Json.Obj.EMPTY);
  }

  private static Map<String, String> options(Query query) {
    var options = new HashMap<String, String>();
    query
        .parameters()
        .forEach(
            (name, values) -> {
              if (name.startsWith(OPTIONS)) {
                options.put(name.substring(OPTIONS.length()), String.join(",", values));
              }
            });
    return options;
  }
}

package dev.carillon.functions.api.export;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.RecipientView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v1/users/{id}/export}: all that is kept about one user, as one JSON. Only when the
 * runs and messages of a user do not fit into a response, {@code page_info.after} says where a next
 * call goes on.
 */
final class ExportCalls {
  static final List<Operation<ExportCalls>> OPERATIONS =
      List.of(Operation.get("/v1/users/{id}/export", SECRET_KEY, ExportCalls::export));

  private final Recipients recipients;
  private final Kept kept;
  private final RunsAndMessages runs;

  ExportCalls(Recipients recipients, Kept kept, RunsAndMessages runs) {
    this.recipients = recipients;
    this.kept = kept;
    this.runs = runs;
  }

  HttpResponse export(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("after"));
    RecipientId id = RecipientPath.of(request);
    Optional<Recipient> user = recipients.find(environment, id);
    var cursors = request.cursors(environment, "export", id.id());
    var paging = cursors.paging(query);
    Page<Json> page = paging.of(part -> runs.after(environment, id, part.after()));
    if (user.isEmpty() && page.items().isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.ok(
        Json.object()
            .with("__typename", "UserExport")
            .with("user", user.<Json>map(RecipientView::of).orElse(Json.NULL))
            .with("preferences", sets(user.map(Recipient::preferences)))
            .with("channel_data", sets(user.map(Recipient::channelData)))
            .with("subscriptions", kept.subscriptions(environment, id))
            .with("schedules", kept.schedules(environment, id))
            .with("audiences", kept.audiences(environment, id))
            .with("source_events", kept.sourceEvents(environment, id))
            .with("suppression", kept.suppression(environment, user))
            .with("runs", Json.array(page.items()))
            .with(
                "page_info", cursors.pageInfo(page.items().size(), page.next(), Optional.empty())));
  }

  private static Json sets(Optional<Map<String, Json.Obj>> some) {
    Json.Obj all = Json.object();
    for (var entry : some.orElse(Map.of()).entrySet()) {
      all = all.with(entry.getKey(), entry.getValue());
    }
    return all;
  }
}

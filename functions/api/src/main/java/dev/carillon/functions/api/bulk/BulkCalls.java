package dev.carillon.functions.api.bulk;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.Ids;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Calls about up to a thousand at once. A body is checked as a whole before anything is done; what
 * it asks for is then done by tasks, and {@code GET /v1/bulk_operations/{id}} tells how far it got.
 */
final class BulkCalls {
  static final List<Operation<BulkCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/bulk_operations/{id}", SECRET_KEY, BulkCalls::show),
          bulk("/v1/users/bulk/identify", BulkCalls::identifyUsers),
          bulk("/v1/users/bulk/delete", BulkCalls::deleteUsers),
          bulk("/v1/users/bulk/preferences", BulkCalls::preferences),
          bulk("/v1/objects/{collection}/bulk/set", BulkCalls::setObjects),
          bulk("/v1/objects/{collection}/bulk/delete", BulkCalls::deleteObjects),
          bulk("/v1/objects/{collection}/bulk/subscriptions/add", BulkCalls::subscribe),
          bulk("/v1/objects/{collection}/bulk/subscriptions/delete", BulkCalls::unsubscribe),
          bulk("/v1/tenants/bulk/set", BulkCalls::setTenants),
          bulk("/v1/tenants/bulk/delete", BulkCalls::deleteTenants));

  private static Operation<BulkCalls> bulk(String path, Operation.Answer<BulkCalls> answer) {
    return at(RateTier.TIER_1, Operation.post(path, SECRET_KEY, answer));
  }

  private final BulkOperations operations;
  private final Channels channels;
  private final Tasks tasks;
  private final InstantSource clock;

  BulkCalls(BulkOperations operations, Channels channels, Tasks tasks, InstantSource clock) {
    this.operations = operations;
    this.channels = channels;
    this.tasks = tasks;
    this.clock = clock;
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return Ids.uuid(request.pathId("id"))
        .flatMap(id -> operations.find(environment, new BulkOperationId(id)))
        .map(it -> HttpResponse.ok(BulkOperationView.of(it)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse identifyUsers(HttpRequest request, EnvironmentId environment) {
    var rows = reader(environment).identified(request.fields(), "users", RecipientId.USERS);
    return begin(request, environment, "users.identify", rows);
  }

  HttpResponse deleteUsers(HttpRequest request, EnvironmentId environment) {
    var rows = BulkReader.deleted(request.fields(), "user_ids", RecipientId.USERS);
    return begin(request, environment, "users.delete", rows);
  }

  HttpResponse preferences(HttpRequest request, EnvironmentId environment) {
    return begin(
        request, environment, "users.set_preferences", BulkReader.preferring(request.fields()));
  }

  HttpResponse setObjects(HttpRequest request, EnvironmentId environment) {
    String collection = RecipientPath.collection(request);
    var rows = reader(environment).identified(request.fields(), "objects", collection);
    return begin(request, environment, "objects.set", rows);
  }

  HttpResponse deleteObjects(HttpRequest request, EnvironmentId environment) {
    String collection = RecipientPath.collection(request);
    var rows = BulkReader.deleted(request.fields(), "object_ids", collection);
    return begin(request, environment, "objects.delete", rows);
  }

  HttpResponse subscribe(HttpRequest request, EnvironmentId environment) {
    String collection = RecipientPath.collection(request);
    var rows = reader(environment).subscribed(request.fields(), collection);
    return begin(request, environment, "objects.add_subscriptions", rows);
  }

  HttpResponse unsubscribe(HttpRequest request, EnvironmentId environment) {
    String collection = RecipientPath.collection(request);
    var rows = BulkReader.unsubscribed(request.fields(), collection);
    return begin(request, environment, "objects.delete_subscriptions", rows);
  }

  HttpResponse setTenants(HttpRequest request, EnvironmentId environment) {
    var rows = reader(environment).identified(request.fields(), "tenants", RecipientId.TENANTS);
    return begin(request, environment, "tenants.set", rows);
  }

  /** Its ids stand in the query. */
  HttpResponse deleteTenants(HttpRequest request, EnvironmentId environment) {
    var query = request.query().heeding(Set.of("tenant_ids"));
    var rows = BulkReader.deleted(query.all("tenant_ids"), "tenant_ids", RecipientId.TENANTS);
    return begin(request, environment, "tenants.delete", rows);
  }

  private BulkReader reader(EnvironmentId environment) {
    return new BulkReader(new IdentificationReader(() -> channels.all(environment)));
  }

  private HttpResponse begin(
      HttpRequest request, EnvironmentId environment, String name, List<BulkRow> rows) {
    var id = BulkOperationId.of(request.id());
    var operation =
        operations.create(
            BulkOperation.of(environment, id, name, rows.size(), clock.instant()), rows);
    tasks.send(new FanoutTask.Bulk(environment, id, 0));
    return HttpResponse.ok(BulkOperationView.of(operation));
  }
}

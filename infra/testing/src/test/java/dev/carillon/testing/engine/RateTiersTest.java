package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.rate.RateTier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiers that Knock publishes for its calls, held against those that the routes declare. */
class RateTiersTest {
  private static final List<RouteDeclaration> ROUTES =
      Stream.of(
              ApiRoutes.declared(),
              FeedsRoutes.declared(),
              IntakeRoutes.declared(),
              DeliveryRoutes.declared())
          .flatMap(List::stream)
          .toList();

  @ParameterizedTest
  @CsvSource({
    "1, POST /v1/objects/{collection}/bulk/delete",
    "1, POST /v1/objects/{collection}/bulk/set",
    "1, POST /v1/objects/{collection}/bulk/subscriptions/add",
    "1, POST /v1/objects/{collection}/bulk/subscriptions/delete",
    "1, POST /v1/schedules/bulk/create",
    "1, POST /v1/tenants/bulk/delete",
    "1, POST /v1/tenants/bulk/set",
    "1, POST /v1/users/bulk/delete",
    "1, POST /v1/users/bulk/identify",
    "1, POST /v1/users/bulk/preferences",
    "2, POST /v1/channels/{channel_id}/messages/bulk/{action}",
    "2, GET /v1/providers/{name}/{channel_id}/auth_check",
    "2, GET /v1/providers/{name}/{channel_id}/channels",
    "2, GET /v1/providers/{name}/{channel_id}/teams",
    "2, PUT /v1/providers/{name}/{channel_id}/revoke_access",
    "2, DELETE /v1/messages/{message_id}/archived",
    "2, PUT /v1/messages/{message_id}/archived",
    "2, PUT /v1/messages/{message_id}/interacted",
    "2, DELETE /v1/messages/{message_id}/read",
    "2, PUT /v1/messages/{message_id}/read",
    "2, DELETE /v1/messages/{message_id}/seen",
    "2, PUT /v1/messages/{message_id}/seen",
    "2, DELETE /v1/messages/{message_id}/unarchived",
    "2, DELETE /v1/messages/{message_id}/unread",
    "2, DELETE /v1/messages/{message_id}/unseen",
    "2, DELETE /v1/tenants/{id}",
    "2, DELETE /v1/users/{user_id}",
    "2, GET /v1/users/{user_id}/feeds/{id}",
    "2, POST /v1/users/{user_id}/merge",
    "2, GET /v1/workflow_recipient_runs",
    "2, GET /v1/workflow_recipient_runs/{id}",
    "3, DELETE /v1/audiences/{key}/members",
    "3, POST /v1/audiences/{key}/members",
    "3, POST /v1/integrations/census/custom-destination",
    "3, POST /v1/integrations/hightouch/embedded-destination",
    "3, POST /v1/messages/batch/archived",
    "3, POST /v1/messages/batch/interacted",
    "3, POST /v1/messages/batch/read",
    "3, POST /v1/messages/batch/seen",
    "3, POST /v1/messages/batch/unarchived",
    "3, POST /v1/messages/batch/unread",
    "3, POST /v1/messages/batch/unseen",
    "3, GET /v1/messages/{message_id}/delivery_logs",
    "3, GET /v1/messages/{message_id}/events",
    "3, POST /v1/notify",
    "3, POST /v1/notify/cancel",
    "3, DELETE /v1/objects/{collection}/{id}",
    "3, PUT /v1/objects/{collection}/{id}",
    "3, DELETE /v1/objects/{collection}/{object_id}/channel_data/{channel_id}",
    "3, PUT /v1/objects/{collection}/{object_id}/channel_data/{channel_id}",
    "3, DELETE /v1/objects/{collection}/{object_id}/preferences/{id}",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/categories",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/categories/{key}",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/channel_types",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/channel_types/{type}",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/workflows",
    "3, PUT /v1/objects/{collection}/{object_id}/preferences/{id}/workflows/{key}",
    "3, DELETE /v1/objects/{collection}/{object_id}/subscriptions",
    "3, POST /v1/objects/{collection}/{object_id}/subscriptions",
    "3, DELETE /v1/schedules",
    "3, POST /v1/schedules",
    "3, PUT /v1/schedules",
    "3, PUT /v1/tenants/{id}",
    "3, PUT /v1/users/{user_id}",
    "3, DELETE /v1/users/{user_id}/channel_data/{channel_id}",
    "3, PUT /v1/users/{user_id}/channel_data/{channel_id}",
    "3, POST /v1/users/{user_id}/preference_center/signed_url",
    "3, DELETE /v1/users/{user_id}/preferences/{id}",
    "3, PUT /v1/users/{user_id}/preferences/{id}",
    "3, PUT /v1/users/{user_id}/preferences/{id}/categories",
    "3, PUT /v1/users/{user_id}/preferences/{id}/categories/{key}",
    "3, PUT /v1/users/{user_id}/preferences/{id}/channel_types",
    "3, PUT /v1/users/{user_id}/preferences/{id}/channel_types/{type}",
    "3, PUT /v1/users/{user_id}/preferences/{id}/workflows",
    "3, PUT /v1/users/{user_id}/preferences/{id}/workflows/{key}",
    "4, GET /v1/audiences/{key}/members",
    "4, GET /v1/bulk_operations/{id}",
    "4, GET /v1/messages",
    "4, GET /v1/messages/batch/content",
    "4, GET /v1/messages/{message_id}",
    "4, GET /v1/messages/{message_id}/activities",
    "4, GET /v1/messages/{message_id}/content",
    "4, GET /v1/objects/{collection}",
    "4, GET /v1/objects/{collection}/{id}",
    "4, GET /v1/objects/{collection}/{id}/messages",
    "4, GET /v1/objects/{collection}/{id}/schedules",
    "4, GET /v1/objects/{collection}/{object_id}/channel_data/{channel_id}",
    "4, GET /v1/objects/{collection}/{object_id}/preferences",
    "4, GET /v1/objects/{collection}/{object_id}/preferences/{id}",
    "4, GET /v1/objects/{collection}/{object_id}/subscriptions",
    "4, GET /v1/schedules",
    "4, GET /v1/tenants",
    "4, GET /v1/tenants/{id}",
    "4, GET /v1/users",
    "4, GET /v1/users/{user_id}",
    "4, GET /v1/users/{user_id}/channel_data/{channel_id}",
    "4, GET /v1/users/{user_id}/feeds/{id}/settings",
    "4, GET /v1/users/{user_id}/messages",
    "4, GET /v1/users/{user_id}/preference_center/config",
    "4, GET /v1/users/{user_id}/preferences",
    "4, GET /v1/users/{user_id}/preferences/{id}",
    "4, GET /v1/users/{user_id}/schedules",
    "4, GET /v1/users/{user_id}/subscriptions",
    "5, POST /v1/workflows/{key}/cancel",
    "5, POST /v1/workflows/{key}/trigger"
  })
  void a_call_of_knocks_has_knocks_tier(int tier, String call) {
    assertThat(ROUTES)
        .filteredOn(it -> shape(it.key()).equals(shape(call)))
        .singleElement()
        .extracting(it -> it.rate().tier().map(RateTier::number))
        .isEqualTo(Optional.of(tier));
  }

  @Test
  void what_is_written_through_the_management_api_is_not_counted() {
    assertThat(ManagementRoutes.declared()).allMatch(it -> it.rate().tier().isEmpty());
  }

  /** Of feeds each user's are counted, and nothing else is so by itself. */
  @Test
  void each_user_has_the_rate_of_a_feed() {
    assertThat(
            ROUTES.stream()
                .filter(it -> it.rate().eachUser())
                .map(RouteDeclaration::key)
                .collect(Collectors.toList()))
        .containsExactly("GET /v1/users/{id}/feeds/{channel}");
  }

  private static String shape(String call) {
    return call.replaceAll("\\{[^}]*}", "{}");
  }
}

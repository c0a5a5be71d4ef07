package dev.carillon.functions.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipientMessageCallsTest {
  private static final String LIST = "GET /v1/users/{id}/messages";
  private static final Map<String, String> JOHN = Map.of("id", "jhammond");

  private final ApiFixture park = new ApiFixture();

  @Test
  void a_users_messages_are_listed_in_full() {
    var reply = park.call(LIST, JOHN, "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.each("items", "id"))
        .containsExactlyInAnyOrder(
            ApiFixture.FEED_MESSAGE.value(),
            ApiFixture.EMAIL_MESSAGE.value(),
            ApiFixture.WEBHOOK_MESSAGE.value());
    assertThat(reply.text("items.0.recipient")).isEqualTo("jhammond");
    assertThat(park.call(LIST, Map.of("id", "dnedry"), "").each("items", "id")).isEmpty();
    assertThat(park.call(LIST, Map.of("id", "nobody"), "").each("items", "id")).isEmpty();
    assertThat(
            park.call(
                    "GET /v1/objects/{collection}/{id}/messages",
                    Map.of("collection", "assets", "id", "jhammond"),
                    "")
                .each("items", "id"))
        .isEmpty();
  }

  @Test
  void pages_go_onward_and_back() {
    var all = new ArrayList<String>();
    String after = "";
    String last = "";
    do {
      var reply = park.call(LIST, JOHN, "page_size=1" + after);
      all.addAll(reply.each("items", "id"));
      last = reply.text("items.0.__cursor");
      after = reply.at("page_info.after") instanceof Json.Str(var it) ? "&after=" + it : "";
    } while (!after.isEmpty());
    assertThat(all).hasSize(3).doesNotHaveDuplicates();
    assertThat(park.call(LIST, JOHN, "before=" + last).each("items", "id"))
        .containsExactlyElementsOf(all.subList(0, 2));
  }

  @Test
  void filters_are_those_of_all_messages() {
    assertThat(park.call(LIST, JOHN, "status[]=sent").each("items", "id"))
        .containsExactly(ApiFixture.EMAIL_MESSAGE.value());
    assertThat(park.call(LIST, JOHN, "channel_id=feed").each("items", "id"))
        .containsExactly(ApiFixture.FEED_MESSAGE.value());
    assertThat(park.call(LIST, JOHN, "source=other").each("items", "id")).isEmpty();
    assertThat(park.call(LIST, JOHN, "locale=de").status()).isEqualTo(422);
  }
}

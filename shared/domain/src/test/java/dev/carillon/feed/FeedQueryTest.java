package dev.carillon.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.FeedQuery.Tenancy;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedQueryTest {
  private static final WorkflowKey HELLO = new WorkflowKey("hello");
  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");

  /** Each row: the status asked for, and which of unseen, seen only and read items are wanted. */
  @ParameterizedTest
  @CsvSource({
    "ALL, true, true, true",
    "UNSEEN, true, false, false",
    "SEEN, false, true, true",
    "UNREAD, true, true, false",
    "READ, false, false, true"
  })
  void items_are_wanted_by_status(Status status, boolean unseen, boolean seen, boolean read) {
    FeedQuery query = all().withStatus(status);
    assertThat(query.wants(new ItemState(false, false, false))).isEqualTo(unseen);
    assertThat(query.wants(new ItemState(false, true, false))).isEqualTo(seen);
    assertThat(query.wants(new ItemState(false, true, true))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({"EXCLUDE, true, false", "INCLUDE, true, true", "ONLY, false, true"})
  void archived_items_are_wanted_if_asked_for(Archived archived, boolean kept, boolean put) {
    FeedQuery query = query(archived, new Tenancy.Everything(), Optional.empty(), Set.of(), "{}");
    assertThat(query.wants(new ItemState(false, false, false))).isEqualTo(kept);
    assertThat(query.wants(new ItemState(true, false, false))).isEqualTo(put);
  }

  @Test
  void a_tenant_has_its_items_and_those_of_no_tenant_unless_only_its_own_are_asked_for() {
    assertThat(tenants(new Tenancy.Everything())).containsExactly(true, true, true);
    assertThat(tenants(new Tenancy.Of(ACME, false))).containsExactly(true, false, true);
    assertThat(tenants(new Tenancy.Of(ACME, true))).containsExactly(true, false, false);
    assertThat(tenants(new Tenancy.Having(true))).containsExactly(true, true, false);
    assertThat(tenants(new Tenancy.Having(false))).containsExactly(false, false, true);
  }

  @Test
  void items_are_wanted_by_workflow_and_by_any_of_the_categories() {
    assertThat(wants(Optional.of(HELLO), Set.of(), "{}")).isTrue();
    assertThat(wants(Optional.of(new WorkflowKey("bye")), Set.of(), "{}")).isFalse();
    assertThat(wants(Optional.empty(), Set.of("a", "x"), "{}")).isTrue();
    assertThat(wants(Optional.empty(), Set.of("x"), "{}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                      | true
          {"n": 1}                | true
          {"n": 1.0}              | true
          {"n": "1"}              | false
          {"n": 1, "t": "x"}      | true
          {"n": 1, "t": "y"}      | false
          {"gone": null}          | false
          """)
  void items_are_wanted_by_exact_values_of_their_data(String data, boolean wanted) {
    assertThat(wants(Optional.empty(), Set.of(), data)).isEqualTo(wanted);
  }

  private static List<Boolean> tenants(Tenancy tenancy) {
    FeedQuery query = query(Archived.INCLUDE, tenancy, Optional.empty(), Set.of(), "{}");
    return List.of(Optional.of(ACME), Optional.of(OTHER), Optional.<TenantId>empty()).stream()
        .map(tenant -> query.wants(tenant, HELLO, List.of(), Json.object()))
        .toList();
  }

  private static boolean wants(Optional<WorkflowKey> source, Set<String> category, String data) {
    return query(Archived.INCLUDE, new Tenancy.Everything(), source, category, data)
        .wants(Optional.empty(), HELLO, List.of("a", "b"), json("{\"n\": 1, \"t\": \"x\"}"));
  }

  @Test
  void what_a_broadcast_said_is_found_by_its_key() {
    FeedQuery query =
        query(
            Archived.INCLUDE,
            new Tenancy.Everything(),
            Optional.of(new WorkflowKey("new-year")),
            Set.of(),
            "{}");
    assertThat(
            Stream.of(
                    WorkflowKey.ofBroadcast("new-year"),
                    new WorkflowKey("new-year"),
                    WorkflowKey.ofBroadcast("new"))
                .map(it -> query.wants(Optional.empty(), it, List.of(), Json.object())))
        .containsExactly(true, true, false);
  }

  private static FeedQuery all() {
    return query(Archived.INCLUDE, new Tenancy.Everything(), Optional.empty(), Set.of(), "{}");
  }

  private static FeedQuery query(
      Archived archived,
      Tenancy tenancy,
      Optional<WorkflowKey> source,
      Set<String> category,
      String data) {
    Map<String, Json> values = json(data).fields();
    return new FeedQuery(
        new EnvironmentId("development"),
        "mira",
        new ChannelId(new UUID(0, 1)),
        Status.ALL,
        archived,
        tenancy,
        source,
        category,
        values,
        TimeRange.ALL);
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }
}

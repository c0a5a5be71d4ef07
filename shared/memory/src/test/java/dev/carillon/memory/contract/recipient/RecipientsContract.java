package dev.carillon.memory.contract.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.recipient.Recipients.ListedRecipient;
import dev.carillon.recipient.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class RecipientsContract {
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private Recipients recipients;

  protected abstract Recipients recipients();

  @BeforeEach
  void prepare() {
    recipients = recipients();
  }

  private static Identification properties(Json.Obj properties) {
    return new Identification(properties, Optional.empty(), Map.of(), Map.of());
  }

  private Recipient identify(RecipientId id, Identification with, String cause, long second) {
    var identified = recipients.identify(environment, id, with, cause, Samples.later(second));
    assertThat(identified).isInstanceOf(Identified.Merged.class);
    Recipient recipient = ((Identified.Merged) identified).recipient();
    assertThat(recipients.find(environment, id)).contains(recipient);
    return recipient;
  }

  private static String cause() {
    return UUID.randomUUID().toString();
  }

  @Test
  void who_was_never_identified_is_not_found() {
    assertThat(recipients.find(environment, ADA)).isEmpty();
    identify(ADA, Identification.NOTHING, "c", 0);
    assertThat(recipients.find(environment, ADA)).isPresent();
    assertThat(recipients.find(Samples.environment(), ADA)).isEmpty();
    assertThat(recipients.find(environment, new RecipientId("projects", "ada"))).isEmpty();
  }

  @Test
  void identifications_merge_deeply_and_remove_nothing() {
    var first =
        new Identification(
            Json.object().with("a", Json.object().with("x", "1").with("y", "2")).with("b", "3"),
            Optional.of(Samples.NOW),
            Map.of(
                "default",
                Json.object().with("channel_types", Json.object().with("email", Json.TRUE))),
            Map.of("c1", Json.object().with("tokens", Json.texts(java.util.List.of("t1")))));
    var second =
        new Identification(
            Json.object().with("a", Json.object().with("y", Json.NULL)).with("c", Samples.DATA),
            Optional.empty(),
            Map.of(
                "default",
                    Json.object().with("channel_types", Json.object().with("http", Json.FALSE)),
                "tenant#1", Json.object().with("x", Json.TRUE)),
            Map.of("c1", Json.object().with("tokens", Json.texts(java.util.List.of("t2")))));
    identify(ADA, first, "c1", 0);
    Recipient merged = identify(ADA, second, "c2", 5);
    assertThat(merged)
        .isEqualTo(
            new Recipient(
                ADA,
                Json.object()
                    .with("a", Json.object().with("x", "1").with("y", Json.NULL))
                    .with("b", "3")
                    .with("c", Samples.DATA),
                Optional.of(Samples.NOW),
                Samples.later(5),
                Map.of(
                    "default",
                    Json.object()
                        .with(
                            "channel_types",
                            Json.object().with("email", Json.TRUE).with("http", Json.FALSE)),
                    "tenant#1",
                    Json.object().with("x", Json.TRUE)),
                Map.of("c1", Json.object().with("tokens", Json.texts(java.util.List.of("t2"))))));
  }

  @Test
  void a_tenants_default_set_merges_unless_it_is_marked_to_replace_and_null_clears_it() {
    var tenant = new TenantId("acme").recipient();
    identify(tenant, defaultSet(Json.object().with("a", Json.TRUE)), "c1", 0);
    var merging = Json.object().with("b", Json.TRUE).with("__persistence_strategy__", "merge");
    assertThat(identify(tenant, defaultSet(merging), "c2", 1).properties())
        .isEqualTo(
            defaultSet(Json.object().with("a", Json.TRUE).with("b", Json.TRUE)).properties());
    var replacing = Json.object().with("c", Json.TRUE).with("__persistence_strategy__", "replace");
    identify(tenant, defaultSet(replacing), "c3", 2);
    var other =
        new Identification(Json.object().with("x", "1"), Optional.empty(), Map.of(), Map.of());
    assertThat(identify(tenant, other, "c4", 3).properties())
        .isEqualTo(defaultSet(Json.object().with("c", Json.TRUE)).properties().with("x", "1"));
    identify(tenant, defaultSet(Json.NULL), "c5", 4);
    assertThat(recipients.find(environment, tenant).orElseThrow().properties())
        .isEqualTo(defaultSet(Json.NULL).properties().with("x", "1"));
  }

  private static Identification defaultSet(Json set) {
    return new Identification(
        Json.object().with("settings", Json.object().with("preference_set", set)),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  @Test
  void an_identification_is_applied_once_per_cause() {
    identify(ADA, properties(Json.object().with("name", "old")), "first", 0);
    identify(ADA, properties(Json.object().with("name", "new")), "second", 1);
    Recipient after = identify(ADA, properties(Json.object().with("name", "old")), "first", 2);
    assertThat(after.text("name")).contains("new");
    assertThat(after.updatedAt()).isEqualTo(Samples.later(1));
  }

  @Test
  void a_cause_is_forgotten_after_sixteen_others() {
    identify(ADA, properties(Json.object().with("name", "old")), "first", 0);
    for (int i = 0; i < 15; i++) {
      identify(ADA, properties(Json.object().with("n", Json.of(i))), cause(), 1);
    }
    assertThat(identify(ADA, properties(Json.object().with("name", "x")), "first", 2).text("name"))
        .contains("old");
    identify(ADA, properties(Json.object().with("n", Json.of(99))), cause(), 3);
    assertThat(identify(ADA, properties(Json.object().with("name", "x")), "first", 4).text("name"))
        .contains("x");
  }

  @Test
  void what_changes_nothing_leaves_no_trace() {
    var same = properties(Json.object().with("name", "Ada"));
    identify(ADA, same, "c1", 0);
    assertThat(identify(ADA, same, "c2", 9).updatedAt()).isEqualTo(Samples.later(0));
    assertThat(identify(ADA, Identification.NOTHING, "c3", 9).updatedAt())
        .isEqualTo(Samples.later(0));
  }

  @Test
  void what_would_be_too_large_is_refused_and_changes_nothing() {
    Recipient before = identify(ADA, properties(Json.object().with("name", "Ada")), "c1", 0);
    String large = "x".repeat(Recipients.MAX_PROPERTIES_BYTES);
    assertThat(
            recipients.identify(
                environment,
                ADA,
                properties(Json.object().with("large", large)),
                "c2",
                Samples.later(1)))
        .isInstanceOf(Identified.TooLarge.class);
    assertThat(
            recipients.identify(
                environment,
                ADA,
                new Identification(
                    Json.object().with("n", "1"),
                    Optional.empty(),
                    Map.of("default", Json.object().with("large", large)),
                    Map.of()),
                "c3",
                Samples.later(1)))
        .isInstanceOf(Identified.TooLarge.class);
    assertThat(recipients.find(environment, ADA)).contains(before);
    String most = "x".repeat(Recipients.MAX_PROPERTIES_BYTES - 40);
    identify(ADA, properties(Json.object().with("large", most)), "c4", 2);
  }

  @Test
  void any_id_names_a_recipient_of_its_own() {
    for (String id : Samples.IDS) {
      var with =
          new Identification(
              Json.object().with("me", id),
              Optional.empty(),
              Map.of(id, Json.object().with("set", id)),
              Map.of(id, Json.object().with("channel", id)));
      identify(RecipientId.user(id), with, "c", 0);
      identify(new RecipientId(id, "x"), with, "c", 0);
    }
    for (String id : Samples.IDS) {
      Recipient recipient = recipients.find(environment, RecipientId.user(id)).orElseThrow();
      assertThat(recipient.text("me")).contains(id);
      assertThat(recipient.preferences()).containsOnlyKeys(id);
      assertThat(recipient.channelData()).containsOnlyKeys(id);
    }
  }

  @Test
  void identifications_at_once_lose_nothing() throws Exception {
    for (int round = 0; round < 5; round++) {
      var id = RecipientId.user("u" + round);
      var turn = new AtomicInteger();
      Race.run(
          4,
          () -> {
            String name = "n" + turn.getAndIncrement();
            return recipients.identify(
                environment,
                id,
                new Identification(
                    Json.object().with(name, name),
                    Optional.empty(),
                    Map.of("default", Json.object().with(name, name)),
                    Map.of(name, Json.object())),
                name,
                Samples.NOW);
          });
      Recipient recipient = recipients.find(environment, id).orElseThrow();
      assertThat(recipient.properties().fields()).containsOnlyKeys("n0", "n1", "n2", "n3");
      assertThat(recipient.preferences().get("default").fields())
          .containsOnlyKeys("n0", "n1", "n2", "n3");
      assertThat(recipient.channelData()).containsOnlyKeys("n0", "n1", "n2", "n3");
    }
  }

  private static Identification said(String name) {
    return new Identification(
        Json.object().with(name, name),
        Optional.of(Samples.NOW),
        Map.of("default", Json.object().with(name, Json.TRUE)),
        Map.of("c1", Json.object().with(name, name)));
  }

  private List<RecipientId> listed(String collection, int size) {
    var all = new ArrayList<RecipientId>();
    Optional<String> after = Optional.empty();
    do {
      Page<ListedRecipient> page =
          recipients.of(environment, collection, new PageRequest(after, Optional.empty(), size));
      page.items().forEach(it -> all.add(it.id()));
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  @Test
  void who_is_deleted_is_unknown_from_then_on_and_may_begin_anew() {
    identify(ADA, said("a"), "c1", 0);
    identify(RecipientId.user("bob"), said("b"), "c1", 0);
    assertThat(recipients.delete(environment, ADA)).isTrue();
    assertThat(recipients.find(environment, ADA)).isEmpty();
    assertThat(recipients.delete(environment, ADA)).isFalse();
    assertThat(recipients.find(environment, RecipientId.user("bob"))).isPresent();
    assertThat(listed(RecipientId.USERS, 10)).containsExactly(RecipientId.user("bob"));
    Recipient again = identify(ADA, properties(Json.object().with("x", "y")), "c1", 1);
    assertThat(again)
        .isEqualTo(
            new Recipient(
                ADA,
                Json.object().with("x", "y"),
                Optional.empty(),
                Samples.later(1),
                Map.of(),
                Map.of()));
    assertThat(listed(RecipientId.USERS, 10))
        .containsExactlyInAnyOrder(ADA, RecipientId.user("bob"));
  }

  @Test
  void a_change_replaces_and_removes_and_makes_who_was_not_there() {
    var changed =
        recipients.change(
            environment,
            ADA,
            it -> it.withPreferences("t", Json.object().with("a", Json.TRUE)),
            Samples.later(0));
    assertThat(changed)
        .isEqualTo(new Identified.Merged(recipients.find(environment, ADA).orElseThrow()));
    identify(ADA, said("b"), "c1", 1);
    recipients.change(
        environment,
        ADA,
        it ->
            it.withPreferences("t", Json.object().with("z", Json.FALSE))
                .withoutPreferences("default")
                .withoutChannelData("c1")
                .withChannelData("c2", Samples.DATA),
        Samples.later(2));
    assertThat(recipients.find(environment, ADA))
        .contains(
            new Recipient(
                ADA,
                Json.object().with("b", "b"),
                Optional.of(Samples.NOW),
                Samples.later(2),
                Map.of("t", Json.object().with("z", Json.FALSE)),
                Map.of("c2", Samples.DATA)));
    assertThat(identify(ADA, said("c"), "c1", 3).properties().fields()).containsOnlyKeys("b");
  }

  @Test
  void a_change_of_nothing_makes_nobody_and_leaves_no_trace() {
    recipients.change(environment, ADA, it -> it.withoutPreferences("t"), Samples.later(0));
    assertThat(recipients.find(environment, ADA)).isEmpty();
    assertThat(listed(RecipientId.USERS, 10)).isEmpty();
    Recipient before = identify(ADA, said("a"), "c1", 1);
    recipients.change(environment, ADA, it -> it.withoutPreferences("t"), Samples.later(2));
    assertThat(recipients.find(environment, ADA)).contains(before);
  }

  @Test
  void a_change_that_makes_too_much_is_refused() {
    Recipient before = identify(ADA, said("a"), "c1", 0);
    var large = Json.object().with("x", "x".repeat(Recipients.MAX_PROPERTIES_BYTES));
    assertThat(
            recipients.change(
                environment, ADA, it -> it.withPreferences("t", large), Samples.later(1)))
        .isInstanceOf(Identified.TooLarge.class);
    assertThat(recipients.find(environment, ADA)).contains(before);
  }

  @Test
  void a_collection_is_listed_by_pages_each_once_onward_and_back() {
    var expected = new ArrayList<RecipientId>();
    for (String id : Samples.IDS) {
      expected.add(new RecipientId("projects", id));
      identify(new RecipientId(id, "projects"), Identification.NOTHING, "c", 0);
    }
    for (int i = 0; i < 60; i++) {
      expected.add(new RecipientId("projects", "p" + i));
    }
    expected.forEach(id -> identify(id, Identification.NOTHING, "c", 0));
    List<RecipientId> all = listed("projects", 50);
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(listed("projects", 7)).isEqualTo(all);
    var whole = recipients.of(environment, "projects", PageRequest.first(50)).items();
    var before =
        recipients.of(
            environment,
            "projects",
            new PageRequest(Optional.empty(), Optional.of(whole.get(20).position()), 7));
    assertThat(before.items()).isEqualTo(whole.subList(13, 20));
    assertThat(listed("nothing", 7)).isEmpty();
    var parts = new ArrayList<RecipientId>();
    for (int i = 0; i < Recipients.PARTS; i++) {
      int part = i;
      Samples.walk(3, page -> recipients.partOf(environment, "projects", part, page))
          .forEach(it -> parts.add(it.id()));
    }
    assertThat(parts).as("each is in one part").containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void a_place_that_is_none_fails_nothing() {
    identify(ADA, Identification.NOTHING, "c", 0);
    for (String place :
        List.of("", " ", "z", "0", "fR#", "\u0000", "0R#\ud83d", "x".repeat(3_000))) {
      recipients.of(
          environment, RecipientId.USERS, new PageRequest(Optional.of(place), Optional.empty(), 5));
      recipients.of(
          environment, RecipientId.USERS, new PageRequest(Optional.empty(), Optional.of(place), 5));
    }
  }

  @Test
  void who_is_deleted_and_identified_at_once_is_one_or_the_other() throws Exception {
    for (int round = 0; round < 5; round++) {
      var id = RecipientId.user("d" + round);
      identify(id, said("old"), "c1", 0);
      var turn = new AtomicInteger();
      Race.run(
          4,
          () -> {
            int mine = turn.getAndIncrement();
            return mine == 0
                ? recipients.delete(environment, id)
                : recipients.identify(environment, id, said("n" + mine), "n" + mine, Samples.NOW);
          });
      var found = recipients.find(environment, id);
      if (found.isPresent()) {
        assertThat(listed(RecipientId.USERS, 50)).contains(id);
        assertThat(found.get().preferences().get("default").fields().keySet())
            .isEqualTo(found.get().properties().fields().keySet());
      }
    }
  }
}

package dev.carillon.memory.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.MessageId;
import dev.carillon.page.PageRequest;
import dev.carillon.suppression.Suppression;
import dev.carillon.suppression.Suppression.Reason;
import dev.carillon.suppression.Suppressions;
import dev.carillon.suppression.Suppressions.ListedSuppression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SuppressionsContract {
  private final EnvironmentId environment = Samples.environment();
  private Suppressions suppressions;

  protected abstract Suppressions suppressions();

  @BeforeEach
  void prepare() {
    suppressions = suppressions();
  }

  @Test
  void an_address_is_found_in_every_spelling_and_in_its_environment_alone() {
    suppressions.add(environment, of("Ada@Example.com ", Reason.BOUNCED));
    assertThat(suppressions.find(environment, "ada@example.com"))
        .contains(of("ada@example.com", Reason.BOUNCED));
    assertThat(suppressions.find(environment, " ADA@example.COM")).isPresent();
    assertThat(suppressions.find(environment, "adb@example.com")).isEmpty();
    assertThat(suppressions.find(Samples.environment(), "ada@example.com")).isEmpty();
  }

  @Test
  void what_it_was_first_suppressed_for_stays() {
    suppressions.add(environment, of("ada@example.com", Reason.COMPLAINED));
    suppressions.add(environment, of("ada@example.com", Reason.BOUNCED));
    assertThat(suppressions.find(environment, "ada@example.com").map(Suppression::reason))
        .contains(Reason.COMPLAINED);
  }

  @Test
  void one_that_is_removed_gets_mail_again_and_can_be_added_again() {
    suppressions.add(environment, of("ada@example.com", Reason.BOUNCED));
    assertThat(suppressions.remove(environment, "ADA@example.com")).isTrue();
    assertThat(suppressions.find(environment, "ada@example.com")).isEmpty();
    assertThat(suppressions.remove(environment, "ada@example.com")).isFalse();
    suppressions.add(environment, of("ada@example.com", Reason.COMPLAINED));
    assertThat(suppressions.find(environment, "ada@example.com")).isPresent();
  }

  @Test
  void what_no_address_can_be_is_neither_kept_nor_found() {
    String longest = "a".repeat(Suppression.LONGEST_ADDRESS - 12) + "@example.com";
    suppressions.add(environment, of(longest, Reason.BOUNCED));
    suppressions.add(environment, of("a" + longest, Reason.BOUNCED));
    assertThat(suppressions.find(environment, longest)).isPresent();
    assertThat(suppressions.find(environment, "a" + longest)).isEmpty();
    assertThat(suppressions.remove(environment, "a" + longest)).isFalse();
    for (String odd : List.of("#", "%", "ä#b@x", "\uD83E")) {
      suppressions.add(environment, of(odd, Reason.BOUNCED));
      assertThat(suppressions.find(environment, odd)).as(odd).isPresent();
    }
  }

  @Test
  void a_list_has_each_once_page_by_page() {
    var wanted = new ArrayList<String>();
    for (int i = 0; i < 23; i++) {
      wanted.add("user%02d@example.com".formatted(i));
      suppressions.add(environment, of(wanted.getLast(), Reason.BOUNCED));
    }
    var listed = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    do {
      var page = suppressions.page(environment, new PageRequest(after, Optional.empty(), 5));
      page.items().stream()
          .map(ListedSuppression::suppression)
          .map(Suppression::address)
          .forEach(listed::add);
      after = page.next();
    } while (after.isPresent());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(suppressions.page(Samples.environment(), PageRequest.first(5)).items()).isEmpty();
  }

  private static Suppression of(String address, Reason reason) {
    return new Suppression(
        address,
        reason,
        new ChannelId(new UUID(1, 2)),
        new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
        Optional.of("Permanent/General"),
        Samples.NOW);
  }
}

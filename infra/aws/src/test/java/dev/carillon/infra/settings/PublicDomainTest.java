package dev.carillon.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicDomainTest {
  private static final String CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/c2";
  private static final String ACL = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/ours/1234";

  @Test
  void a_name_comes_with_its_certificate_and_perhaps_a_firewall() {
    assertThat(PublicDomain.parse("a.example=" + CERTIFICATE, ""))
        .isEqualTo(new PublicDomain("a.example", CERTIFICATE, new PublicDomain.Firewall.None()));
    assertThat(PublicDomain.parse("a.example=" + CERTIFICATE, "own").firewall())
        .isEqualTo(new PublicDomain.Firewall.Own());
    assertThat(PublicDomain.parse("a.example=" + CERTIFICATE, ACL).firewall())
        .isEqualTo(new PublicDomain.Firewall.Given(ACL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example=",
        "a@example=arn:aws:acm:us-east-1:111122223333:certificate/c2",
        "a.example=arn:aws:acm:eu-west-1:111122223333:certificate/c2"
      })
  void what_cloudfront_cannot_serve_is_refused(String text) {
    assertThatThrownBy(() -> PublicDomain.parse(text, "")).hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/ours/1234"})
  void what_is_no_firewall_of_cloudfront_is_refused(String text) {
    assertThatThrownBy(() -> PublicDomain.parse("a.example=" + CERTIFICATE, text))
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9lives", "a_b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void a_name_that_queues_and_stacks_could_not_begin_with_is_refused(String name) {
    assertThatThrownBy(() -> new Installation(name)).hasMessageContaining("stackName");
  }
}

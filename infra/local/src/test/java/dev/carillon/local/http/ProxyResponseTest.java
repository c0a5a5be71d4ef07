package dev.carillon.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxyResponseTest {

  @Test
  void a_structured_answer_becomes_status_headers_cookies_and_body() {
    var answer =
        read("""
        {"statusCode":202,"headers":{"x-a":"1"},"cookies":["k=v"],"body":"näh"}\
        """)
            .orElseThrow();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.headers())
        .containsExactly(
            new HttpApiResponse.Header("x-a", "1"),
            new HttpApiResponse.Header("set-cookie", "k=v"),
            new HttpApiResponse.Header("content-type", "text/plain; charset=utf-8"));
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("näh");
  }

  @Test
  void a_body_in_base64_is_decoded() {
    assertThat(
            read("{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"AAH/\"}")
                .orElseThrow()
                .body())
        .containsExactly(0, 1, 255);
  }

  @Test
  void json_without_a_status_is_the_body() {
    var answer = read("{\"a\":1}").orElseThrow();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_api_gateway_would_not_understand_is_no_answer() {
    assertThat(read("")).isEmpty();
    assertThat(read("hello")).isEmpty();
    assertThat(read("{\"statusCode\":\"often\"}")).isEmpty();
    assertThat(read("{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}")).isEmpty();
  }

  private static Optional<HttpApiResponse> read(String payload) {
    return ProxyResponse.read(payload.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.carillon.functions.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentViewTest {
  @ParameterizedTest
  @CsvSource({"a,160,1,GSM-7", "a,161,2,GSM-7", "€,81,2,GSM-7", "中,70,1,UCS-2", "中,71,2,UCS-2"})
  void a_text_message_says_in_how_many_parts_it_travels(
      String character, int times, int segments, String encoding) {
    Json.Obj view =
        ContentView.of(new Content.Sms("+1500", character.repeat(times), Json.Obj.EMPTY));
    assertThat(view.get("segments")).contains(Json.of(segments));
    assertThat(view.text("encoding")).contains(encoding);
  }
}

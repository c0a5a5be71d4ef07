package dev.carillon.storage.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.text.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a queue may still hold when a new version is deployed: bodies as builds before this one
 * wrote them. A row is never changed; a new version of a task gets a row of its own.
 */
class EarlierTasksTest {
  private static final String WRITTEN =
      """
      Start   | {"type":"fanout.v1","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","from":0}
      Start   | {"type":"fanout.v1","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","tenant":"fable-london","from":300}
      Start   | {"type":"fanout.v2","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","from":3,"place":{"page":0}}
      Start   | {"type":"fanout.v2","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","from":999,"place":{"page":12,"cursor":"2SUB#$users#ada","nested":true,"entry":99,"member_page":7}}
      Start   | {"type":"fanout.v3","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","from":0,"place":{"page":7,"piece":{"number":3,"of":16},"cursor":"2SUB#$users#ada\\nSUB$"}}
      Cancel  | {"type":"cancel.v1","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993"}
      Cancel  | {"type":"cancel.v1","environment":"local","trigger":"01a2242d-9a34-8c5a-a8b1-1e35ceb21993","collection":"$users","recipient":"ada2","cursor":"3abc"}
      Advance | {"type":"advance.v1","environment":"local","trigger":"01a2242d-9e21-8dba-93ce-ca39578da1bd","collection":"$users","recipient":"ada1"}
      Advance | {"type":"advance.v1","environment":"local","trigger":"01a2242d-9e21-8dba-93ce-ca39578da1bd","collection":"$users","recipient":"ada1","tenant":"fable-london","via":{"collection":"books","id":"emma"},"wake":{"id":"3da07f2e2d96e047","generation":0,"minute":29931722}}
      Deliver | {"type":"deliver.v1","environment":"local","message":"3MknBwFM9EFGRO4OpeylT1y0iuZ","attempt":1}
      Deliver | {"type":"deliver.v1","environment":"local","message":"3MknBwFM9EFGRO4OpeylT1y0iuZ","tenant":"fable-london","attempt":2,"trigger":"01a2242d-9e21-8dba-93ce-ca39578da1bd","collection":"$users","recipient":"ada1","minute":29931722}
      Deliver | {"type":"deliver.v1","environment":"local","message":"3MknBwFM9EFGRO4OpeylT1y0iuZ","attempt":2,"slot":1767603660}
      Match   | {"type":"signal.v1","environment":"local","id":"e1","collection":"$users","recipient":"ada1","source":"message.sent","data":{"channel":"email"}}
      Fire    | {"type":"occur.v1","environment":"local","schedule":"f807bad0-dffe-86c8-9419-f57a1ea1f58a","revision":1,"minute":29932380}
      Announce | {"type":"announce.v1","environment":"local","channel":"0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c02","user":"ada","changed":"2026-11-29T01:02:03.123456Z","message":"3MknBwFM9EFGRO4OpeylT1y0iuZ"}
      Greet   | {"type":"greet.v1","environment":"local","channel":"0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c02","user":"ada","connection":"L0SM9cOFvHcCIhw="}
      Drain   | {"type":"drain.v1","minute":29931722}
      Drain   | {"type":"drain.v1","minute":29931722,"shard":15,"cursor":"a#b"}
      Sweep   | {"type":"sweep.v1"}
      """;

  /**
   * @param task what it is called today
   */
  @ParameterizedTest
  @CsvSource(textBlock = WRITTEN, delimiter = '|', quoteCharacter = '\0')
  void a_task_that_an_earlier_build_wrote_is_read_with_all_it_says(String task, String body) {
    var read = TaskCodec.parse(body);
    assertThat(read.getClass().getSimpleName()).isEqualTo(task);
    assertThat(JsonText.parse(TaskCodec.body(read))).isEqualTo(JsonText.parse(body));
  }
}

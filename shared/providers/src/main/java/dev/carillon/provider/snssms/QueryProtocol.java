package dev.carillon.provider.snssms;

import dev.carillon.json.Json;
import dev.carillon.provider.format.FormBody;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS's query protocol as SNS speaks it: a form that asks, XML that answers.
 *
 * <p>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
final class QueryProtocol {
  private QueryProtocol() {}

  /**
   * Parameters as a form. An object in them is a map, as message attributes are: {@code
   * {"MessageAttributes": {"a": {"DataType": "String"}}}} becomes {@code
   * MessageAttributes.entry.1.Name=a} and {@code MessageAttributes.entry.1.Value.DataType=String}.
   * What is null is left out.
   */
  static FormBody form(Json.Obj parameters) {
    FormBody form = FormBody.EMPTY;
    for (Map.Entry<String, Json> parameter : parameters.fields().entrySet()) {
      form =
          parameter.getValue() instanceof Json.Obj entries
              ? entries(form, parameter.getKey(), entries)
              : with(form, parameter.getKey(), parameter.getValue());
    }
    return form;
  }

  private static FormBody entries(FormBody form, String name, Json.Obj entries) {
    FormBody whole = form;
    int number = 0;
    for (Map.Entry<String, Json> entry : entries.fields().entrySet()) {
      if (entry.getValue() instanceof Json.Null) {
        continue;
      }
      number++;
      String path = name + ".entry." + number;
      whole = whole.with(path + ".Name", entry.getKey());
      if (entry.getValue() instanceof Json.Obj(var fields)) {
        for (Map.Entry<String, Json> field : fields.entrySet()) {
          whole = with(whole, path + ".Value." + field.getKey(), field.getValue());
        }
      } else {
        whole = with(whole, path + ".Value", entry.getValue());
      }
    }
    return whole;
  }

  private static FormBody with(FormBody form, String name, Json value) {
    return value instanceof Json.Null ? form : form.with(name, FormBody.text(value));
  }

  /** The text of the first element of that name which holds nothing but text. */
  static Optional<String> element(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]{1,4096})</" + name + ">").matcher(xml);
    return found.find() ? Optional.of(unescaped(found.group(1).strip())) : Optional.empty();
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}

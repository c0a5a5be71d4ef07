package dev.carillon.storage.dynamo;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Texts as attributes. DynamoDB keeps UTF-8 and refuses a request with half of a surrogate pair,
 * which that has nothing for: it is stored, and looked for, as the replacement character. Keys that
 * must differ have it escaped already ({@link Keys#part}).
 */
public final class StoredText {
  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  public static AttributeValue of(String text) {
    return AttributeValue.fromS(whole(text));
  }

  static String whole(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, REPLACEMENT);
      }
    }
    return mended == null ? text : mended.toString();
  }
}

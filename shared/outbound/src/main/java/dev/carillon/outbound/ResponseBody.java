package dev.carillon.outbound;

import dev.carillon.outbound.OutboundResult.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** As much of a response's body as we want and as came. */
record ResponseBody(byte[] bytes, End end) {

  /**
   * @param late whether the deadline has passed
   */
  static ResponseBody read(InputStream in, int most, BooleanSupplier late) {
    var kept = new ByteArrayOutputStream();
    var chunk = new byte[8_192];
    End end = End.WHOLE;
    try {
      for (int count = 0; count >= 0 && kept.size() <= most; count = in.read(chunk)) {
        kept.write(chunk, 0, count);
      }
    } catch (IOException e) {
      // The server has answered: what it did is known, and only the end of its words is missing.
      end = e instanceof InterruptedIOException || late.getAsBoolean() ? End.LATE : End.BROKEN;
    }
    return new ResponseBody(
        Arrays.copyOf(kept.toByteArray(), Math.min(kept.size(), most)),
        kept.size() > most ? End.TOO_LONG : end);
  }
}

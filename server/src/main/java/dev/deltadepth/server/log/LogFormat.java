package dev.deltadepth.server.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** How a line of the log looks. */
public enum LogFormat {
  /** As Apache and nginx write it, and behind that the request's id and its seconds. */
  COMBINED {
    @Override
    String line(Visit visit) {
      return String.format(
          Locale.ROOT,
          "%s - - [%s] \"%s %s %s\" %d %d \"%s\" \"%s\" %s %.3f",
          plain(visit.address()),
          CLOCK.format(visit.time().atOffset(ZoneOffset.UTC)),
          plain(visit.method()),
          plain(visit.path()),
          plain(visit.protocol()),
          visit.status(),
          visit.bytes(),
          visit.referrer().map(LogFormat::plain).orElse("-"),
          visit.agent().map(LogFormat::plain).orElse("-"),
          visit.id(),
          visit.seconds());
    }
  },

  /** An object a line. */
  JSON {
    @Override
    String line(Visit visit) {
      ObjectNode json = MAPPER.createObjectNode();
      json.put("time", visit.time().truncatedTo(ChronoUnit.MILLIS).toString());
      json.put("address", visit.address()).put("method", visit.method());
      json.put("path", visit.path()).put("protocol", visit.protocol());
      json.put("status", visit.status()).put("bytes", visit.bytes());
      json.put("seconds", Math.round(visit.seconds() * 1000) / 1000.0).put("id", visit.id());
      put(json, "referrer", visit.referrer());
      put(json, "agent", visit.agent());
      try {
        return MAPPER.writeValueAsString(json);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("texts and numbers are always JSON", e);
      }
    }
  };

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  /** A line without its end. */
  abstract String line(Visit visit);

  /** Its name for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void put(ObjectNode json, String name, Optional<String> text) {
    text.ifPresent(value -> json.put(name, value));
  }

  /** Clients choose these texts, which must not end the line or a quotation. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        plain.append('\\').append(character);
      } else if (character >= ' ' && character <= '~') {
        plain.append(character);
      } else {
        plain.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return plain.toString();
  }
}

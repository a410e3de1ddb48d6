package dev.deltadepth.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what it is told. */
final class Heard implements PhotoFiles.Listener {
  final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  final List<String> notes = new ArrayList<>();

  @Override
  public void problem(String message) {
    problems.add(message);
  }

  @Override
  public void note(String message) {
    notes.add(message);
  }
}

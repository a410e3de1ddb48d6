package dev.deltadepth.web.page;

import dev.deltadepth.web.browser.Browser;
import dev.deltadepth.web.browser.Dom;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.browser.Navigator;
import org.teavm.jso.dom.html.HTMLElement;
import org.teavm.jso.dom.xml.NodeList;

/** The page's language and theme: the system's preferences until the user chooses. */
final class Appearance {
  private static final String LANGUAGE = "language";
  private static final String THEME = "theme";
  private static final String DARK = "dark";
  private static final String LIGHT = "light";
  private static final String PREFERS_DARK = "(prefers-color-scheme: dark)";

  private final List<Runnable> listeners = new ArrayList<>();
  private Language language = Language.ENGLISH;

  void start() {
    String kept = Browser.setting(LANGUAGE);
    language =
        kept.isEmpty() ? Language.preferred(Navigator.getLanguages()) : Language.preferred(kept);
    showLanguage();
    showTheme(Browser.setting(THEME));
    Dom.onClick("language", this::switchLanguage);
    Dom.onClick("theme", this::switchTheme);
    Browser.onChange(PREFERS_DARK, () -> showTheme(""));
  }

  /** A text in the page's language. */
  String text(Text text, Object... arguments) {
    return text.in(language, arguments);
  }

  /** Sets an element's text, which changes with the language. */
  void set(HTMLElement element, Text text) {
    element.setAttribute("data-text", text.name());
    element.setInnerText(text(text));
  }

  /** Sets an element's name for screen readers, which changes with the language. */
  void label(HTMLElement element, Text text) {
    element.setAttribute("data-label", text.name());
    showLabel(element);
  }

  /** Calls a listener after every change of language or theme. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void switchLanguage() {
    language = language.next();
    Browser.keep(LANGUAGE, language.tag());
    showLanguage();
    listeners.forEach(Runnable::run);
  }

  private void showLanguage() {
    HTMLElement root = Dom.document().getDocumentElement();
    root.setLang(language.tag());
    root.setDir(language.direction());
    NodeList<? extends HTMLElement> texts = Dom.document().querySelectorAll("[data-text]");
    for (int i = 0; i < texts.getLength(); i++) {
      HTMLElement element = texts.item(i);
      element.setInnerText(text(Text.valueOf(element.getAttribute("data-text"))));
    }
    NodeList<? extends HTMLElement> labels = Dom.document().querySelectorAll("[data-label]");
    for (int i = 0; i < labels.getLength(); i++) {
      showLabel(labels.item(i));
    }
    Dom.document().setTitle(text(Text.PAGE));
    HTMLElement description = Dom.document().querySelector("meta[name=description]");
    if (description != null) {
      description.setAttribute("content", text(Text.DESCRIPTION));
    }
    Language other = language.next();
    HTMLElement button = Dom.id("language");
    button.setInnerText(other.nativeName());
    button.setLang(other.tag());
  }

  private void showLabel(HTMLElement element) {
    String label = text(Text.valueOf(element.getAttribute("data-label")));
    element.setAttribute("aria-label", label);
    if (element.getTagName().equalsIgnoreCase("button")) {
      element.setTitle(label);
    }
  }

  private void switchTheme() {
    String other = isDark() ? LIGHT : DARK;
    Browser.keep(THEME, other);
    showTheme(other);
  }

  private void showTheme(String theme) {
    HTMLElement root = Dom.document().getDocumentElement();
    if (!theme.isEmpty()) {
      root.setAttribute("data-theme", theme);
    }
    root.setAttribute("data-shown", isDark() ? DARK : LIGHT);
    HTMLElement bar = Dom.document().querySelector("meta[name=theme-color]");
    if (bar != null) {
      bar.setAttribute("content", isDark() ? "#131117" : "#f7f6f3");
    }
    listeners.forEach(Runnable::run);
  }

  private static boolean isDark() {
    String chosen = Dom.document().getDocumentElement().getAttribute("data-theme");
    return chosen == null ? Browser.matches(PREFERS_DARK) : chosen.equals(DARK);
  }
}

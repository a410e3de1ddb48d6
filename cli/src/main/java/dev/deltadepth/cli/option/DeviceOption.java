package dev.deltadepth.cli.option;

import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.Provider;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --device}: what the network runs on. */
public final class DeviceOption {
  private static final String NAMES = "auto, cpu, cuda, cuda:N, coreml, directml, xnnpack";

  /** What {@code auto} prefers to the processor. */
  private static final List<Provider> PREFERRED =
      List.of(Provider.CUDA, Provider.COREML, Provider.DIRECTML);

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = Devices.class,
      description =
          """
          What the network runs on: cpu (the default), cuda, cuda:N for the card N, coreml, \
          directml, xnnpack, or auto for the first of cuda, coreml and directml that is there. The \
          usual ONNX Runtime has the processor and, on a Mac, Core ML.\
          """)
  private Devices.Device device = new Devices.Device(List.of(), 0);

  /** Names of devices. */
  static final class Devices implements ITypeConverter<Devices.Device> {
    private static final Pattern CARD = Pattern.compile("(cuda|directml):(\\d{1,2})");

    /** Providers in order, and which card. */
    record Device(List<Provider> providers, int card) {}

    @Override
    public Device convert(String text) {
      String name = text.toLowerCase(Locale.ROOT);
      if (name.equals("auto")) {
        return new Device(
            PREFERRED.stream().filter(Provider.available()::contains).limit(1).toList(), 0);
      }
      Matcher card = CARD.matcher(name);
      boolean numbered = card.matches();
      for (Provider provider : Provider.values()) {
        if (provider.name().toLowerCase(Locale.ROOT).equals(numbered ? card.group(1) : name)) {
          return new Device(List.of(provider), numbered ? Integer.parseInt(card.group(2)) : 0);
        }
      }
      throw new TypeConversionException("unknown device '" + text + "'; choose from " + NAMES);
    }
  }

  /** Whether it is the processor. */
  public boolean isProcessor() {
    return device.providers().isEmpty() || device.providers().equals(List.of(Provider.CPU));
  }

  /** The options with this device. */
  public EstimatorOptions on(EstimatorOptions options) {
    return options
        .withProviders(device.providers().toArray(Provider[]::new))
        .withCard(device.card());
  }
}

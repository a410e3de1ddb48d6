package dev.deltadepth.web.page;

/**
 * All texts of the page, with one column per language. In index.html, {@code data-text} names the
 * constant for an element's text, {@code data-label} the one for its label. A new language needs a
 * new column and a constant in {@link Language}.
 */
enum Text {
  PAGE("Delta: depth from one photo", "دلتا: العمق من صورة واحدة"),
  DESCRIPTION("Depth from one photograph, on your device.", "العمق من صورة واحدة، على جهازك."),
  TITLE("See how near things are", "اعرف قُرب الأشياء من صورة"),
  LEAD(
      "Turn one photo into a depth map. Everything runs on this device: your photos stay yours.",
      "صورة واحدة تصبح خريطة عمق. كل شيء يجري على هذا الجهاز، وصورك تبقى لك."),
  CHOOSE("Choose a photo or video", "اختر صورة أو فيديو"),
  TAKE("Take a photo", "التقط صورة"),
  LIVE("Live depth", "عمق مباشر"),
  SAMPLE("Try a sample.", "جرّب مثالًا."),
  DROP("Or drop or paste a file.", "أو أفلت ملفًّا هنا أو الصقه."),
  DROP_HERE("Drop the file here", "أفلت الملف هنا"),
  RECENT("Last photos", "آخر الصور"),
  FORGET("Forget them", "انسها"),
  AGAIN("New photo", "صورة جديدة"),
  CLOSE_CAMERA("Close camera", "أغلق الكاميرا"),
  CLOSE("Close", "إغلاق"),
  GOT_IT("Got it", "فهمت"),
  THEME("Dark or light theme", "داكن أو فاتح"),

  MODEL_LOADING("Loading the model, {0} of {1} MB", "جارٍ تحميل النموذج، {0} من {1} م.ب."),
  MODEL_LOADING_UNKNOWN("Loading the model, {0} MB", "جارٍ تحميل النموذج، {0} م.ب."),
  MODEL_STARTING("Starting the model", "جارٍ تشغيل النموذج"),
  PROCESSING("Processing…", "جارٍ المعالجة…"),
  WAITING(
      "Your photo will be processed as soon as the model is loaded.",
      "ستُعالَج صورتك حالما يكتمل تحميل النموذج."),

  RESULT("Photo and depth map", "الصورة وخريطة العمق"),
  PHOTO("Photo", "الصورة"),
  CAMERA("Camera", "الكاميرا"),
  DEPTH("Depth", "العمق"),
  FAR("far", "بعيد"),
  NEAR("near", "قريب"),
  READ_HINT("Tap a point to read its depth.", "المس نقطة لقراءة عمقها."),
  READING("of 100, relative depth", "من 100، عمق نسبي"),
  HINT(
      "Drag the line. Pinch or scroll to zoom. Tap a point to read its depth.",
      "اسحب الخط. قرّب بإصبعين أو بالعجلة. المس نقطة لقراءتها."),
  HINT_SIDE(
      "Pinch or scroll to zoom. Tap a point to read its depth.",
      "قرّب بإصبعين أو بالعجلة. المس نقطة لقراءتها."),
  WHOLE("Show the whole photo", "اعرض الصورة كاملة"),
  VIEW_LABEL(
      "Photo and depth map. Arrow keys move the reading point, Enter takes it, plus and minus zoom,"
          + " 0 shows the whole image.",
      "الصورة وخريطة العمق. الأسهم تحرّك نقطة القراءة، وEnter يعتمدها، وعلامتا + و- للتقريب، و0 لعرض"
          + " الكل."),
  DIVIDER_LABEL("Divider between photo and depth", "الفاصل بين الصورة والعمق"),

  TIMING("{0} ms", "{0} م.ث"),
  PHOTO_DETAIL(
      "Photo {0}, network {1} pixels, edges {2} ms", "الصورة {0}، الشبكة {1} بكسل، الحواف {2} م.ث"),
  ON_SIMD("on this device", "على هذا الجهاز"),
  ON_BASIC("on this device, without SIMD", "على هذا الجهاز، دون تعليمات متجهية"),
  ON_GRAPHICS("on this device, on the graphics processor", "على هذا الجهاز، على معالج الرسوميات"),
  ON_SERVER("on the server", "على الخادم"),
  BASIC_NOTE(
      "This browser is old: the model runs here, but slowly.",
      "هذا المتصفح قديم: يعمل النموذج هنا لكن ببطء."),
  SERVER_NOTE(
      "This browser cannot run the model. Photos are sent to the server that provides Delta.",
      "لا يستطيع هذا المتصفح تشغيل النموذج. تُرسَل الصور إلى الخادم الذي جاء منه دلتا."),

  COLOURS("Colours", "الألوان"),
  COLOUR_INFERNO("Inferno", "إنفيرنو"),
  COLOUR_VIRIDIS("Viridis", "فيريديس"),
  COLOUR_MAGMA("Magma", "ماغما"),
  COLOUR_PLASMA("Plasma", "بلازما"),
  COLOUR_TURBO("Turbo", "توربو"),
  COLOUR_SPECTRAL("Spectral", "طيفي"),
  COLOUR_GRAY("Grey", "رمادي"),
  VIEW("View", "العرض"),
  VIEW_DIVIDER("Divider", "فاصل"),
  VIEW_SIDE("Side by side", "جنبًا إلى جنب"),
  EFFORT("Estimate for", "الأولوية"),
  EFFORT_SPEED("Speed", "السرعة"),
  EFFORT_DETAIL("Detail", "التفاصيل"),
  MAPS("Depth by", "العمق من"),
  MAP_DELTA("Delta", "دلتا"),
  MAP_PHONE("The phone", "الهاتف"),
  MAP_OF_PHONE("Stored by the phone · {0}", "خزّنه الهاتف · {0}"),
  TOOLS("Make of it", "اصنع منها"),
  TOOL_FOCUS("Focus", "تركيز"),
  TOOL_GLASSES("3D glasses", "نظارة ثلاثية الأبعاد"),
  TOOL_RELIEF("Relief", "مجسّم"),
  TOOL_DISTANCE("Distance", "مسافة"),
  FOCUS_TEXT("Tap what is to be sharp.", "المس ما يجب أن يكون واضحًا."),
  FOCUS_AMOUNT("Blur", "ضبابية"),
  GLASSES_TEXT("For glasses of red and cyan.", "لنظارة حمراء وسماوية."),
  GLASSES_AMOUNT("Depth", "العمق"),
  SAVE_PICTURE("Save picture", "احفظ الصورة"),
  SAVE_STEREO("Save both eyes side by side", "احفظ صورتي العينين جنبًا إلى جنب"),
  RELIEF_LABEL("The photo as a relief. Arrow keys tilt it.", "الصورة مجسّمة. الأسهم تميلها."),
  RELIEF_TEXT("Move over the photo to look around.", "حرّك فوق الصورة لتنظر حولك."),
  RELIEF_SWING("Swing", "تأرجح"),
  RELIEF_DEVICE("Tilt the device", "بإمالة الجهاز"),
  RELIEF_DEVICE_MISSING(
      "This device does not say how it is held.", "لا يُعلِم هذا الجهاز كيف تمسكه."),
  RELIEF_CLIP("Save clip", "احفظ مقطعًا"),
  RELIEF_MISSING("This browser cannot draw reliefs", "لا يستطيع هذا المتصفح رسم المجسّمات"),
  RELIEF_MISSING_DO("It has no WebGL. All else works.", "لا يدعم WebGL. كل ما عدا ذلك يعمل."),
  DISTANCE_BY_POINTS("Two distances", "مسافتان"),
  DISTANCE_BY_LENGTH("One length", "طول واحد"),
  LENGTH_FIRST("Tap one end of something whose length you know.", "المس طرف شيء تعرف طوله."),
  LENGTH_SECOND("Now its other end.", "والآن طرفه الآخر."),
  LENGTH_UNFIT(
      "These two ends do not fit. Choose two clearly different points.",
      "لا يصلح هذان الطرفان. اختر نقطتين مختلفتين بوضوح."),
  DISTANCE_FIRST("Tap a point whose distance you know.", "المس نقطة تعرف مسافتها."),
  DISTANCE_SECOND("Now one that is clearly nearer or farther.", "والآن نقطة أقرب أو أبعد بوضوح."),
  DISTANCE_DONE("Tap any point to read its metres.", "المس أي نقطة لقراءة أمتارها."),
  DISTANCE_NUMBER("Give the distance in metres, above 0.", "اكتب المسافة بالأمتار، أكبر من 0."),
  DISTANCE_UNFIT(
      "These two do not fit the map. Choose points at clearly different distances.",
      "لا تتفق هاتان مع الخريطة. اختر نقطتين بمسافتين مختلفتين بوضوح."),
  DISTANCE_METRES("Metres", "أمتار"),
  DISTANCE_KNOWN("OK", "حسنًا"),
  DISTANCE_AGAIN("Start again", "ابدأ من جديد"),
  DISTANCE_AWAY("away, about", "بُعدًا، تقريبًا"),
  DISTANCE_BETWEEN("away; about {0} m from the last point", "بُعدًا؛ نحو {0} م من النقطة السابقة"),
  DISTANCE_NONE("no distance here", "لا مسافة هنا"),
  SAVE("Save", "حفظ"),
  SAVE_COLOUR("Coloured map", "خريطة ملوّنة"),
  SAVE_COLOUR_KIND("PNG, in the colours shown", "PNG بالألوان المعروضة"),
  SAVE_GREY("16-bit map", "خريطة 16 بت"),
  SAVE_GREY_KIND("PNG for other programs; near is white", "PNG لبرامج أخرى؛ القريب أبيض"),
  SAVE_SIDE("Photo and map", "الصورة والخريطة"),
  SAVE_SIDE_KIND("PNG, side by side", "PNG، جنبًا إلى جنب"),
  SAVE_GLB("3D surface", "سطح ثلاثي الأبعاد"),
  SAVE_GLB_KIND("GLB, with the photo on it", "GLB وعليه الصورة"),
  SAVE_PLY("3D points", "نقاط ثلاثية الأبعاد"),
  SAVE_PLY_KIND("PLY, in the photo's colours", "PLY بألوان الصورة"),
  SHARE("Share", "مشاركة"),
  SAVING("Saving…", "جارٍ الحفظ…"),
  SAVED("Saved.", "تم الحفظ."),

  FLIP("Other camera", "الكاميرا الأخرى"),
  SHUTTER("Keep this photo", "احتفظ بهذه الصورة"),
  RECORD("Record a clip", "سجّل مقطعًا"),
  PAUSE("Pause", "أوقف مؤقتًا"),
  TORCH("Light", "الضوء"),
  ZOOM("Zoom, {0}×", "تقريب {0}×"),
  LIVE_TIMING("{0} frames per second", "{0} صورة في الثانية"),
  LIVE_DETAIL("{0} frames dropped · size {1}", "أُسقطت {0} متأخرة · الحجم {1}"),

  FILM_TITLE("Video and its depth", "الفيديو وعمقه"),
  FILM("Video", "الفيديو"),
  FILM_CLIP("Clip of the depth", "مقطع العمق"),
  FILM_SHOWS("The clip shows", "يعرض المقطع"),
  FILM_DEPTH("Depth", "العمق"),
  FILM_BOTH("Both", "كليهما"),
  FILM_NOTE(
      "The clip has no sound. The video stays on this device. Keep this page in view while the"
          + " clip is made.",
      "المقطع دون صوت. يبقى الفيديو على هذا الجهاز. أبقِ هذه الصفحة ظاهرة حتى يكتمل المقطع."),
  FILM_PLAN(
      "About {0} frames. That takes about {1} on this device.",
      "عدد الإطارات نحو {0}. يستغرق ذلك نحو {1} على هذا الجهاز."),
  FILM_BEGIN("Make the clip", "اصنع المقطع"),
  FILM_STOP("Stop", "أوقف"),
  FILM_BAR("Progress of the clip", "تقدّم المقطع"),
  FILM_PROGRESS("Frame {0} of about {1}, about {2} left", "الإطار {0} من نحو {1}، بقي نحو {2}"),
  FILM_WRITING("Writing the clip…", "جارٍ كتابة المقطع…"),
  FILM_DONE("The clip is ready: {0} frames, {1}.", "المقطع جاهز: عدد الإطارات {0}، المدة {1}."),
  FILM_PART(
      "The clip shows the beginning of the video: {0} frames, {1}.",
      "يعرض المقطع بداية الفيديو: عدد الإطارات {0}، المدة {1}."),
  FILM_BROKEN(
      "The video is damaged or cut off here. The clip ends before that.",
      "الفيديو تالف أو مبتور هنا. ينتهي المقطع قبل ذلك."),
  FILM_CUT(
      "This file is cut off: a part of the video is missing.",
      "هذا الملف مبتور: جزء من الفيديو ناقص."),
  FILM_UNPLAYABLE("This browser cannot play this video", "لا يستطيع هذا المتصفح تشغيل هذا الفيديو"),
  FILM_UNPLAYABLE_DO(
      "{0} is damaged or in a format that this browser does not support. MP4 with H.264 works in"
          + " most browsers. The command delta video reads more formats.",
      "{0} تالف أو من نوع لا يعرفه المتصفح. صيغة MP4 مع H.264 تعمل في معظم المتصفحات. الأمر delta video"
          + " يقرأ صيغًا أكثر."),
  FILM_CUT_OFF("This video is cut off", "هذا الفيديو مبتور"),
  FILM_CUT_OFF_DO(
      "The end of {0} is missing, and with it what is needed to play it. Copy or download it"
          + " again.",
      "نهاية {0} ناقصة، ومعها ما يلزم لتشغيله. انسخه أو نزّله مجددًا."),
  FILM_SOUND("This video has no picture", "لا صورة في هذا الفيديو"),
  FILM_SOUND_DO("{0} holds only sound. Choose another video.", "في {0} صوت فقط. اختر فيديو آخر."),
  FILM_EMPTY("This video is empty", "هذا الفيديو فارغ"),
  FILM_EMPTY_DO("{0} has no length. Choose another video.", "لا مدة في {0}. اختر فيديو آخر."),
  FILM_SERVER(
      "This browser cannot estimate the depth of videos", "لا يستطيع هذا المتصفح حساب عمق الفيديو"),
  FILM_SERVER_DO(
      "It cannot run the model, and videos are not sent to a server. Use a newer browser, or the"
          + " command delta video.",
      "لا يستطيع تشغيل النموذج، ولا يُرسَل الفيديو إلى خادم. استخدم متصفحًا أحدث أو الأمر delta video."),
  FILM_ENCODER("This browser cannot make video clips", "لا يستطيع هذا المتصفح صنع مقاطع الفيديو"),
  FILM_ENCODER_DO(
      "It has no encoder. Use another browser, or the command delta video.",
      "لا مرمّز فيه. استخدم متصفحًا آخر أو الأمر delta video."),
  SECONDS("{0} s", "{0} ث"),
  MINUTES("{0} min", "{0} د"),
  HOURS("{0} h {1} min", "{0} س {1} د"),

  CAMERA_REFUSED("Camera access is not allowed", "الكاميرا غير مسموح بها"),
  CAMERA_REFUSED_DO(
      "Allow camera access for this page in the browser's settings, then try again. You can choose"
          + " a photo without it.",
      "اسمح لهذه الصفحة بالكاميرا من إعدادات المتصفح ثم حاول مجددًا. اختيار صورة يعمل دونها."),
  CAMERA_MISSING("No camera found", "لا توجد كاميرا"),
  CAMERA_MISSING_DO(
      "This device seems to have no camera. You can choose a photo instead.",
      "لم يُعثر على كاميرا في هذا الجهاز. يمكنك اختيار صورة بدلًا من ذلك."),
  CAMERA_BUSY("The camera is in use", "الكاميرا مشغولة"),
  CAMERA_BUSY_DO(
      "Another program is using it. Close that program, then try again.",
      "يستخدمها برنامج آخر. أغلقه ثم حاول مجددًا."),
  CAMERA_INSECURE("The camera needs a secure connection", "تحتاج الكاميرا إلى عنوان آمن"),
  CAMERA_INSECURE_DO(
      "Browsers open the camera only on pages whose address starts with https. You can choose a"
          + " photo instead.",
      "لا تفتح المتصفحات الكاميرا إلا في صفحات يبدأ عنوانها بـ https. يمكنك اختيار صورة."),
  PICTURE_UNREADABLE("This image cannot be read", "تعذّرت قراءة هذه الصورة"),
  PICTURE_UNREADABLE_DO(
      "The file is damaged or in a format that this browser does not support. JPEG and PNG always"
          + " work.",
      "الملف تالف أو من نوع لا يعرفه المتصفح. صيغتا JPEG وPNG تعملان دائمًا."),
  PICTURE_KIND_DO(
      "This browser does not support {0}, or the file is damaged. It was not sent anywhere. Save it"
          + " as JPEG, or use the command delta estimate, which reads {0}.",
      "لا يعرف هذا المتصفح صيغة {0} أو أن الملف تالف. لم تُرسَل الصورة إلى أي مكان. احفظها بصيغة JPEG أو"
          + " استخدم الأمر delta estimate الذي يقرأ {0}."),
  PICTURE_SERVER_DO(
      "This browser does not support {0}, but the server that provides Delta does. The photo leaves"
          + " this device only if you send it; the server keeps nothing.",
      "لا يعرف هذا المتصفح صيغة {0}، لكن الخادم الذي جاء منه دلتا يعرفها. لا تغادر الصورة هذا الجهاز إلا"
          + " إذا أرسلتها، والخادم لا يحتفظ بشيء."),
  PICTURE_SERVER("Let the server decode this photo?", "هل يفكّ الخادم ترميز هذه الصورة؟"),
  PICTURE_SEND("Send it", "أرسلها"),
  PICTURE_SENDING("The photo is being sent to the server.", "تُرسَل الصورة إلى الخادم."),
  PICTURE_SERVER_FAILED_DO(
      "The server could not decode it either, or did not answer. Save the photo as JPEG, then try"
          + " again.",
      "لم يستطع الخادم أيضًا قراءتها أو لم يُجب. احفظ الصورة بصيغة JPEG ثم حاول مجددًا."),
  PICTURE_LARGE("This image is too large", "هذه الصورة كبيرة جدًّا"),
  PICTURE_LARGE_DO(
      "The browser does not have enough memory for its {0} megapixels. Make it smaller, then try"
          + " again.",
      "لا يتسع المتصفح لصورة من {0} ميغابكسل. صغّرها ثم حاول مجددًا."),
  PICTURE_CUT(
      "This file is cut off: a part of the photo is missing.",
      "هذا الملف مبتور: جزء من الصورة ناقص."),
  PICTURE_NONE("This is not a photo", "هذه ليست صورة"),
  PICTURE_NONE_DO("{0} is {1}. Choose a photo.", "{0} هو {1}. اختر صورة."),
  KIND_SOUND("a sound file", "ملف صوتي"),
  KIND_PDF("a PDF document", "مستند PDF"),
  KIND_TEXT("a text file", "ملف نصي"),
  KIND_ARCHIVE("an archive", "ملف مضغوط"),
  KIND_DOCUMENT("a document", "مستند"),
  MEMORY_SHORT("Not enough memory", "الذاكرة لا تكفي"),
  MEMORY_SHORT_DO(
      "Close other tabs or programs, or choose a smaller image, then try again.",
      "أغلق علامات تبويب أو برامج أخرى، أو اختر صورة أصغر، ثم حاول مجددًا."),
  MODEL_FAILED("The model could not be loaded", "تعذّر تحميل النموذج"),
  MODEL_FAILED_DO(
      "Check the connection, then reload the page.", "تحقق من الاتصال ثم أعد تحميل الصفحة."),
  ESTIMATE_FAILED("That did not work", "لم ينجح ذلك"),
  ESTIMATE_FAILED_DO("Try again, or choose another photo.", "حاول مجددًا أو اختر صورة أخرى."),
  OFFLINE_SERVER(
      "You are offline, and this browser needs the server to estimate depth.",
      "أنت غير متصل، وهذا المتصفح يحتاج إلى الخادم."),
  OFFLINE("You are offline. Delta keeps working.", "أنت غير متصل. يواصل دلتا عمله."),
  NEW_VERSION("A new version of Delta is ready.", "نسخة أحدث من دلتا جاهزة."),
  USE_NEW("Update now", "استخدمها");

  private final String english;
  private final String arabic;

  Text(String english, String arabic) {
    this.english = english;
    this.arabic = arabic;
  }

  /** The text in a language, with {@code {0}} and {@code {1}} replaced by the arguments. */
  String in(Language language, Object... arguments) {
    String text =
        switch (language) {
          case ENGLISH -> english;
          case ARABIC -> arabic;
        };
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }
}

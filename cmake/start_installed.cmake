# Run by `cmake --install`: the units start the program where it was installed.
foreach(unit qanat qanat-crawl)
  set(file $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib/systemd/system/${unit}.service)
  file(READ ${file} text)
  string(REPLACE /usr/bin/qanat ${CMAKE_INSTALL_PREFIX}/bin/qanat text "${text}")
  file(WRITE ${file} "${text}")
endforeach()

# The program, its catalogue of scenarios, and the library for find_package(sixslots).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/sixslots)

install(TARGETS sixslots_sim sixslots_models sixslots_scenarios sixslots_reports
  EXPORT sixslotsTargets
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sixslots)
install(EXPORT sixslotsTargets NAMESPACE sixslots:: DESTINATION ${package})

write_basic_package_version_file(sixslotsConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/sixslotsConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/sixslotsConfigVersion.cmake
  DESTINATION ${package})

install(TARGETS sixslots)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/sixslots
  FILES_MATCHING PATTERN "*.toml")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
